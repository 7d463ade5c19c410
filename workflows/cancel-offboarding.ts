import type { CancelOffboardingInput } from '../activities/cancel-offboarding.ts';
import { named, steps } from './steps.ts';

/** Cancels an offboarding whose own workflow is not there any more. */
export async function cancelOffboarding(input: CancelOffboardingInput): Promise<{ cancelled: boolean }> {
  return steps.cancelOffboarding.executeWithOptions(named('Cancel: the client stays'), [input]);
}
