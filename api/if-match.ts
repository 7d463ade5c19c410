import type { AppContext } from './environment.ts';
import { refused } from './refused.ts';

/**
 * The version that `If-Match` asks for; null for `*`, whichever there is. Refuses a request without it with `VALIDATION_FAILED`, so that nobody
 * overwrites what they have not read.
 */
export function expectedVersion(c: AppContext): number | null {
  const given = c.req.header('if-match')?.trim();
  if (given === '*') return null;
  // A proxy that packs an answer marks its tag as weak; the version in it is the same.
  const [, version] = /^(?:W\/)?"(\d{1,9})"$/.exec(given ?? '') ?? [];
  if (version !== undefined) return Number(version);
  throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/headers/if-match', message: 'must be the ETag of the record as it was read, such as "3"' }] });
}
