import type { UndoInput } from '../activities/release-project.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import { named, steps } from './steps.ts';

/** Cancels an onboarding whose own workflow is not there any more: what it did is undone in reverse order, by the record. */
export async function cancelOnboarding(input: UndoInput): Promise<void> {
  await steps.releaseProject.executeWithOptions(named('Undo: assign project'), [input]);
  const { nextInLine } = await steps.releaseAllowance.executeWithOptions(named('Undo: check allowance'), [input]);
  await recheckOnboardings(nextInLine, 'a client slot is free');
  await steps.removeAccount.executeWithOptions(named('Undo: create account'), [input]);
  await steps.endOnboarding.executeWithOptions(named('End as cancelled'), [{ ...input, state: 'cancelled', blockers: [] }]);
}
