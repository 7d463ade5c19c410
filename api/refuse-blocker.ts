import { type Blocker, explainBlocker, refusalCodeOf } from '../domain/onboarding.ts';
import type { RefusalSubject } from '../domain/refusal.ts';
import { type Refused, refused } from './refused.ts';

/** What stands in the way, as the refusal it is. Throws for a wait, which is none. */
export function refuseBlocker(blocker: Blocker, about: RefusalSubject = {}): Refused {
  const code = refusalCodeOf(blocker);
  if (!code) throw new Error(`${blocker.code} is no refusal`);
  return refused(code, { detail: explainBlocker(blocker).message, about });
}
