import { Link } from '@tanstack/react-router';
import { placeOf } from './web-path-of.ts';

/** What to do next, as a link where there is a page for it. */
export function NextAction({ nextAction: { label, path } }: { nextAction: { label: string; path?: string | undefined } }) {
  const place = placeOf(path);
  if (!place) return <span>{label}</span>;
  if ('to' in place) return <Link to={place.to}>{label}</Link>;
  if ('projectId' in place) {
    return (
      <Link to="/projects/$projectId" params={place}>
        {label}
      </Link>
    );
  }
  return (
    <Link to="/clients/$clientId" params={place}>
      {label}
    </Link>
  );
}
