import type { Kysely } from 'kysely';
import { waitingOnboardings } from '../db/read/waiting-onboardings.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading } from '../db/tenant.ts';
import { isEnded } from '../domain/onboarding.ts';
import { archiveUnlessHeld } from './client-archive.ts';
import { lockOnboarding, recordStep, stepStates } from './onboarding-record.ts';
import type { UndoInput } from './release-project.ts';
import type { StepRun } from './step-run.ts';

export interface ReleaseAllowanceResult {
  /** The workflow that has waited longest for the slot that is free now, if one was freed and one waits. */
  nextInLine: string[];
}

/** Undoes step 2: the active client is archived, which frees its slot, unless another onboarding has it as well. Idempotent by the steps' states. */
export async function releaseAllowance(db: Kysely<Database>, input: UndoInput, run: StepRun): Promise<ReleaseAllowanceResult> {
  return inTenant(db, input.agencyId, async (tx) => {
    const [onboarding, { check_allowance: step }] = await Promise.all([lockOnboarding(tx, input), stepStates(tx, input)]);
    if (!onboarding?.client_id || isEnded(onboarding.state) || (step !== 'done' && step !== 'skipped')) return { nextInLine: [] };
    const archived = await archiveUnlessHeld(tx, { ...input, clientId: onboarding.client_id });
    const detail = archived ? 'the client was archived' : 'another onboarding has the client, which stays';
    await recordStep(tx, input, { name: 'check_allowance', state: 'undone', detail }, run);
    const waiting = archived ? await waitingOnboardings(reading(tx), input.agencyId, { states: ['waiting_for_allowance'] }) : [];
    return { nextInLine: waiting.slice(0, 1) };
  });
}
