import { isStillToCome } from '../domain/observed-at.ts';
import { refused } from './refused.ts';

/** Refuses with `VALIDATION_FAILED` what is said to be observed at a moment that is more than a day ahead, for it would hide what comes until then. */
export function refuseStillToCome(at: Date, pointer = '/at'): void {
  if (isStillToCome(at, new Date())) throw refused('VALIDATION_FAILED', { errors: [{ pointer, message: 'must not be in the future' }] });
}
