import type { Kysely } from 'kysely';
import { waitingOnboardings } from '../db/read/waiting-onboardings.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { firstAttempt, wasCarriedOut } from './carried-out.ts';
import { archiveLocked } from './client-archive.ts';
import { lockClient } from './client-lock.ts';
import { endWithClient, lockOnboardingsOf, refuseNewcomers } from './client-onboardings.ts';
import type { StepRun } from './step-run.ts';

export interface ArchiveClientInput {
  agencyId: AgencyId;
  clientId: ClientId;
  actor: Actor;
}

export type ArchiveClientResult =
  | {
      outcome: 'archived';
      /** What waited for something of this client, and has ended with it. */
      endedWorkflowIds: string[];
      /** The workflow that has waited longest for the slot that is free now. */
      nextInLine: string[];
    }
  | { outcome: 'unchanged' }
  | { outcome: 'refused'; code: 'NOT_FOUND' };

/**
 * Archives a client: sharing off, projects unassigned, slot freed, its onboardings ended, in one transaction. A pending client holds no slot
 * yet and gets none. Idempotent by the client's state, and by its request where somebody restored the client since.
 */
export async function archiveClient(db: Kysely<Database>, input: ArchiveClientInput, run: StepRun = firstAttempt): Promise<ArchiveClientResult> {
  const { agencyId, clientId, actor } = input;
  return inTenant(db, agencyId, async (tx) => {
    const onboardings = await lockOnboardingsOf(tx, agencyId, clientId);
    const client = await lockClient(tx, agencyId, clientId);
    if (!client) return { outcome: 'refused', code: 'NOT_FOUND' };
    if (client.state === 'archived' || (await wasCarriedOut(tx, run, input, 'client.archived'))) return { outcome: 'unchanged' };
    await refuseNewcomers(tx, agencyId, clientId, onboardings);
    await endWithClient(tx, onboardings, { agencyId, clientId, actor, because: 'client.archived' });
    const told = await archiveLocked(tx, input, client.state);
    const waiting = client.state === 'active' ? await waitingOnboardings(reading(tx), agencyId, { states: ['waiting_for_allowance'] }) : [];
    return { outcome: 'archived', endedWorkflowIds: [...onboardings.map(({ workflow_id }) => workflow_id), ...told], nextInLine: waiting.slice(0, 1) };
  });
}
