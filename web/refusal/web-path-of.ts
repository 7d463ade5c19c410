import { type WebPath, webPaths } from '../../domain/web-path.ts';

type PlainPath = Exclude<WebPath, `${string}$${string}`>;

/** A refusal's path as one of the router's; undefined for one that needs more than itself, or that is none. */
export function webPathOf(path: string | undefined): PlainPath | undefined {
  return webPaths.find((known): known is PlainPath => known === path && !known.includes('$'));
}
