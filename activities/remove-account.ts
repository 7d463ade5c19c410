import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { lockOnboarding, recordStep, stepState } from './onboarding-record.ts';
import type { UndoInput } from './release-project.ts';
import type { StepRun } from './step-run.ts';

/**
 * Undoes step 1: a client that this onboarding made and that never became active is erased; one that was active stays, archived.
 * Idempotent by the step's state.
 */
export async function removeAccount(db: Kysely<Database>, input: UndoInput, run: StepRun): Promise<void> {
  const { agencyId, onboardingId, actor } = input;
  await inTenant(db, agencyId, async (tx) => {
    const [onboarding, step] = await Promise.all([lockOnboarding(tx, input), stepState(tx, input, 'create_account')]);
    if (step !== 'done' || !onboarding) return;
    const { client_id: clientId, client_created: created } = onboarding;
    const erased = clientId && created ? await erasePending(tx, agencyId, clientId) : undefined;
    const detail = erased ? null : created ? 'the client was active and stays, archived' : 'the client was there before and stays';
    await Promise.all([
      erased && recordEvent(tx, { agencyId, onboardingId, actor, clientId, kind: 'client.removed', before: { state: 'pending' } }),
      recordStep(tx, input, { name: 'create_account', state: 'undone', detail }, run),
    ]);
  });
}

async function erasePending(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId) {
  return tx
    .deleteFrom('clients')
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .where('state', '=', 'pending')
    .returning('id')
    .executeTakeFirst();
}
