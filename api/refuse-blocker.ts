import { type Blocker, explainBlocker } from '../domain/onboarding.ts';
import { type RefusalSubject, refusalCodes } from '../domain/refusal.ts';
import { type Refused, refused } from './refused.ts';

/** What stands in the way, as the refusal it is. Throws for a wait, which is none. */
export function refuseBlocker(blocker: Blocker, about: RefusalSubject = {}): Refused {
  const code = refusalCodes.find((known) => known === blocker.code);
  if (!code) throw new Error(`${blocker.code} is no refusal`);
  return refused(code, { detail: explainBlocker(blocker).message, about });
}
