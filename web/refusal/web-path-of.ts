import { type WebPath, webPaths } from '../../domain/web-path.ts';

type PlainPath = Exclude<WebPath, `${string}$${string}`>;

/** A page of the app, as the router is told of it. */
export type Place = { to: PlainPath } | { projectId: string } | { clientId: string };

/** The page that a refusal's path leads to; undefined for a path that is none of the app. */
export function placeOf(path: string | undefined): Place | undefined {
  const plain = webPaths.find((known): known is PlainPath => known === path && !known.includes('$'));
  if (plain) return { to: plain };
  const [, kind, id] = /^\/(projects|clients)\/([0-9a-f-]{36})$/.exec(path ?? '') ?? [];
  if (!id) return undefined;
  return kind === 'projects' ? { projectId: id } : { clientId: id };
}
