import { Link } from '@tanstack/react-router';
import { texts } from '../texts/texts.ts';
import { Notice } from './notice.tsx';

export function NotFound() {
  const { title, detail, nextAction } = texts.notFound;
  return (
    <Notice title={title} detail={detail} level="h1">
      <Link to="/agency">{nextAction}</Link>
    </Notice>
  );
}
