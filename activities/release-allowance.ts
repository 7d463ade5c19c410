import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import { archiveClient } from './client-archive.ts';
import { lockOnboarding, recordStep, stepState } from './onboarding-record.ts';
import type { UndoInput } from './release-project.ts';
import type { StepRun } from './step-run.ts';

/** Undoes step 2: a client that this onboarding activated is archived, which frees its slot. Idempotent by the step's state. */
export async function releaseAllowance(db: Kysely<Database>, input: UndoInput, run: StepRun): Promise<void> {
  await inTenant(db, input.agencyId, async (tx) => {
    const [onboarding, step] = await Promise.all([lockOnboarding(tx, input), stepState(tx, input, 'check_allowance')]);
    if (step !== 'done' || !onboarding) return;
    const { client_id: clientId, client_created: created } = onboarding;
    if (clientId && created) await archiveClient(tx, { ...input, clientId });
    await recordStep(tx, input, { name: 'check_allowance', state: 'undone', detail: created ? 'the client was archived' : null }, run);
  });
}
