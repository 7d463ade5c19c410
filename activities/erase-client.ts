import { type Kysely, sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { erasableFrom } from '../domain/erasure.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { endWithClient, lockOnboardingsOf } from './client-onboardings.ts';
import { forgetTraces } from './client-traces.ts';
import { forgetRowsOf } from './import-record.ts';

export interface EraseClientInput {
  agencyId: AgencyId;
  clientId: ClientId;
  actor: Actor;
  /** The version whose name was typed. The name itself is not passed on, for it would be left in Temporal. */
  expectedVersion: number;
  retentionDays: number;
}

export type EraseClientResult =
  /** What Temporal holds of the client is in these workflows. */
  | { outcome: 'erased'; workflowIds: string[] }
  | { outcome: 'refused'; code: 'NOT_FOUND' | 'VERSION_CONFLICT' }
  | { outcome: 'not_archived' }
  /** Its retention has not passed; RFC 3339. */
  | { outcome: 'retained'; until: string };

/**
 * What is personal of an archived client is gone: its details, what its events told of them, its offboardings with their packs, its brand, the
 * answers that are kept for idempotency keys. What stays is its id and what happened to it. Idempotent: an erased client is erased.
 */
export async function eraseClient(db: Kysely<Database>, input: EraseClientInput): Promise<EraseClientResult> {
  const { agencyId, clientId, actor } = input;
  return inTenant(db, agencyId, async (tx) => {
    const onboardings = await lockOnboardingsOf(tx, agencyId, clientId, { thoseOfOperationsToo: true });
    const client = await lockErasable(tx, agencyId, clientId);
    if (!client) return { outcome: 'refused', code: 'NOT_FOUND' };
    if (client.erased_at) return { outcome: 'erased', workflowIds: await workflowsOf(tx, agencyId, clientId) };
    if (client.state !== 'archived') return { outcome: 'not_archived' };
    if (client.version !== input.expectedVersion) return { outcome: 'refused', code: 'VERSION_CONFLICT' };
    const until = erasableFrom(client.archived_at ?? client.updated_at, input.retentionDays);
    if (until > new Date()) return { outcome: 'retained', until: until.toISOString() };

    const workflowIds = await workflowsOf(tx, agencyId, clientId);
    await endWithClient(tx, onboardings, { agencyId, clientId, actor, because: 'client.erased' });
    await wipe(tx, agencyId, clientId);
    await recordEvent(tx, { agencyId, clientId, actor, kind: 'client.erased', after: { state: 'erased' } });
    return { outcome: 'erased', workflowIds };
  });
}

async function lockErasable(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId) {
  return tx
    .selectFrom('clients')
    .select(['state', 'version', 'archived_at', 'updated_at', 'erased_at'])
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .forUpdate()
    .executeTakeFirst();
}

/** The workflows that were started with what is known of the client, as far as the record knows them. */
async function workflowsOf(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<string[]> {
  const ids = await tx
    .selectFrom('onboardings')
    .select('workflow_id')
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .union(tx.selectFrom('offboardings').select('workflow_id').where('agency_id', '=', agencyId).where('client_id', '=', clientId))
    .execute();
  return ids.map(({ workflow_id }) => workflow_id);
}

async function wipe(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<void> {
  await forgetTraces(tx, agencyId, clientId);
  await Promise.all([
    tx
      .updateTable('clients')
      .set((eb) => ({
        // Names are unique in an agency, and nobody's is an id.
        name: clientId,
        contact_email: null,
        external_reference: null,
        notes: null,
        former_projects: [],
        version: eb('version', '+', 1),
        updated_at: sql<Date>`now()`,
        erased_at: sql<Date>`now()`,
      }))
      .where('agency_id', '=', agencyId)
      .where('id', '=', clientId)
      .execute(),
    tx.deleteFrom('offboardings').where('agency_id', '=', agencyId).where('client_id', '=', clientId).execute(),
    forgetRowsOf(tx, agencyId, clientId),
  ]);
}
