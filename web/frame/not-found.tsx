import { Link } from '@tanstack/react-router';
import { texts } from '../texts/texts.ts';
import { Notice } from './notice.tsx';

/** Inside the frame: what the address names is not there, or not for this account. */
export function NotFound() {
  const { title, detail, nextAction } = texts.notFound;
  return (
    <Notice title={title} detail={detail} level="h1">
      <Link to="/agency">{nextAction}</Link>
    </Notice>
  );
}

/** An address that leads nowhere, whoever asks. */
export function UnknownPage() {
  return (
    <main>
      <NotFound />
    </main>
  );
}
