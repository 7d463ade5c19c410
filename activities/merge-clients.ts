import type { Kysely } from 'kysely';
import { readMergeFacts } from '../db/merge-facts.ts';
import { waitingOnboardings } from '../db/read/waiting-onboardings.ts';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientDetails } from '../domain/client.ts';
import { type MergePlan, planMerge } from '../domain/client-merge.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { firstAttempt, wasCarriedOut } from './carried-out.ts';
import { archiveLocked } from './client-archive.ts';
import { detailColumns, writeDetails } from './client-details.ts';
import { lockClient } from './client-lock.ts';
import { endWithClient, lockOnboardingsOf, refuseNewcomers } from './client-onboardings.ts';
import { putUnderClient } from './project-assignment.ts';
import type { StepRun } from './step-run.ts';

export interface MergeClientsInput {
  agencyId: AgencyId;
  /** The client that leaves. */
  clientId: ClientId;
  /** The one that stays. */
  into: ClientId;
  actor: Actor;
}

export type MergeClientsResult =
  | {
      outcome: 'merged';
      /** The onboardings of the client that left, and those of the one that stays, which may have got what they waited for. */
      touchedWorkflowIds: string[];
      /** The workflow that has waited longest for the slot that is free now. */
      nextInLine: string[];
    }
  | { outcome: 'refused'; code: 'NOT_FOUND' | 'CLIENT_ARCHIVED' };

/**
 * Merges one client into another, as `planMerge` says: projects move and their links die, what the other lacks is filled in, onboardings of the
 * one that leaves end, and it is archived. Idempotent: a client that was merged into this one is merged, and stays restored where somebody
 * restored it since.
 */
export async function mergeClients(db: Kysely<Database>, input: MergeClientsInput, run: StepRun = firstAttempt): Promise<MergeClientsResult> {
  const { agencyId, clientId, into, actor } = input;
  return inTenant(db, agencyId, async (tx) => {
    const onboardings = await lockOnboardingsOf(tx, agencyId, clientId);
    // Two merges the opposite way round take them in one order.
    for (const id of [clientId, into].toSorted()) await lockClient(tx, agencyId, id);
    if ((await isMerged(tx, input)) || (await wasCarriedOut(tx, run, input, 'client.merged'))) {
      return { outcome: 'merged', touchedWorkflowIds: [], nextInLine: [] };
    }
    await refuseNewcomers(tx, agencyId, clientId, onboardings);
    await lockProjectsOf(tx, agencyId, clientId);
    const { facts, refusal } = await readMergeFacts(reading(tx), input);
    if (!facts) return { outcome: 'refused', code: refusal };

    const plan = planMerge(facts, new Date());
    await endWithClient(tx, onboardings, { agencyId, clientId, actor, because: 'client.merged' });
    const sharings: string[] = [];
    for (const { id } of plan.projects) sharings.push(...(await putUnderClient(tx, { agencyId, projectId: id, from: clientId, clientId: into, actor })));
    await fillIn(tx, input, plan, facts.into.details);
    const told = await archiveLocked(tx, input, facts.client.state === 'pending' ? 'pending' : 'active');
    await Promise.all([
      tx.updateTable('clients').set({ merged_into: into }).where('agency_id', '=', agencyId).where('id', '=', clientId).execute(),
      recordEvent(tx, { agencyId, clientId, actor, kind: 'client.merged', after: { into, projectIds: plan.projects.map(({ id }) => id) } }),
    ]);
    const [ofSurvivor, waiting] = await Promise.all([
      waitingOnboardings(reading(tx), agencyId, { clientIds: [into] }),
      waitingOnboardings(reading(tx), agencyId, { states: ['waiting_for_allowance'] }),
    ]);
    return {
      outcome: 'merged',
      touchedWorkflowIds: [...onboardings.map(({ workflow_id }) => workflow_id), ...ofSurvivor, ...sharings, ...told],
      nextInLine: plan.freesSlot ? waiting.slice(0, 1) : [],
    };
  });
}

async function isMerged(tx: TenantTransaction, { agencyId, clientId, into }: MergeClientsInput): Promise<boolean> {
  const merged = await tx
    .selectFrom('clients')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .where('merged_into', '=', into)
    .executeTakeFirst();
  return merged !== undefined;
}

async function lockProjectsOf(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId) {
  await tx.selectFrom('projects').select('id').where('agency_id', '=', agencyId).where('client_id', '=', clientId).orderBy('id').forUpdate().execute();
}

/** A reference belongs to one client at a time, so the one that leaves gives it up first. */
async function fillIn(tx: TenantTransaction, { agencyId, clientId, into, actor }: MergeClientsInput, { fills }: MergePlan, had: ClientDetails) {
  if (fills.externalReference !== undefined) {
    await tx.updateTable('clients').set({ external_reference: null }).where('agency_id', '=', agencyId).where('id', '=', clientId).execute();
  }
  const before = { name: had.name, contact_email: had.contactEmail, external_reference: had.externalReference, notes: had.notes };
  await writeDetails(tx, { agencyId, clientId: into, actor }, { before, after: { ...before, ...detailColumns(fills) } });
}
