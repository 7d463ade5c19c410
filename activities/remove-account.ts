import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { archiveUnlessHeld, type ClientArchive } from './client-archive.ts';
import { isHeldByAnother, lockClient } from './client-lock.ts';
import { forgetTraces } from './client-traces.ts';
import { lockOnboarding, recordStep, stepStates } from './onboarding-record.ts';
import type { UndoInput } from './release-project.ts';
import type { StepRun } from './step-run.ts';

/**
 * Undoes step 1: a client that never became active is erased, one that was active stays, archived; both unless another onboarding has the
 * client as well. Idempotent by the step's state.
 */
export async function removeAccount(db: Kysely<Database>, input: UndoInput, run: StepRun): Promise<void> {
  const { agencyId, onboardingId, actor } = input;
  await inTenant(db, agencyId, async (tx) => {
    const [onboarding, { create_account: step }] = await Promise.all([lockOnboarding(tx, input), stepStates(tx, input)]);
    if (step !== 'done' || !onboarding?.client_id) return;
    const detail = await letGo(tx, { agencyId, onboardingId, actor, clientId: onboarding.client_id });
    await recordStep(tx, input, { name: 'create_account', state: 'undone', detail }, run);
  });
}

/** What became of the client, where that is more than gone. */
async function letGo(tx: TenantTransaction, held: Required<ClientArchive>): Promise<string | null> {
  const client = await lockClient(tx, held.agencyId, held.clientId);
  if (await isHeldByAnother(tx, held, held.clientId)) return 'another onboarding has the client, which stays';
  if (client?.state === 'pending') {
    await erasePending(tx, held.agencyId, held.clientId);
    await recordEvent(tx, { ...held, kind: 'client.removed', before: { state: 'pending' } });
    return null;
  }
  await archiveUnlessHeld(tx, held);
  return 'the client was active and stays, archived';
}

/** Nobody can erase it later: with its row goes what an erasure would be asked for by. */
async function erasePending(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<void> {
  await forgetTraces(tx, agencyId, clientId);
  await tx.deleteFrom('clients').where('agency_id', '=', agencyId).where('id', '=', clientId).execute();
}
