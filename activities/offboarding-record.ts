import { sql } from 'kysely';
import type { TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId, OffboardingId } from '../domain/ids.ts';

/** Which offboarding an activity works for. */
export interface OffboardingKey {
  agencyId: AgencyId;
  clientId: ClientId;
  offboardingId: OffboardingId;
}

/** The offboarding as it stands, locked. The client is locked before it. */
export async function lockOffboarding(tx: TenantTransaction, { agencyId, offboardingId }: OffboardingKey) {
  return tx
    .selectFrom('offboardings')
    .select(['state', 'ends_at', 'reminders_sent', 'message'])
    .where('agency_id', '=', agencyId)
    .where('id', '=', offboardingId)
    .forUpdate()
    .executeTakeFirst();
}

/** The one that the client leaves by, if it does; locked. */
export async function scheduledOffboarding(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId) {
  return tx
    .selectFrom('offboardings')
    .select(['id', 'workflow_id', 'ends_at'])
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .where('state', '=', 'scheduled')
    .forUpdate()
    .executeTakeFirst();
}

/** A client that is archived has left, whatever day it was to leave on. Returns the workflow that is to be told, if there is one. */
export async function leaveAtOnce(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<string[]> {
  const left = await tx
    .updateTable('offboardings')
    .set({ state: 'done', finished_at: sql<Date>`now()` })
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .where('state', '=', 'scheduled')
    .returning('workflow_id')
    .execute();
  return left.map(({ workflow_id }) => workflow_id);
}

/** The export pack is gone: what it held is read from the record again, as long as that has it. */
export async function deletePack(tx: TenantTransaction, { agencyId, offboardingId }: Omit<OffboardingKey, 'clientId'>) {
  await Promise.all([
    tx.deleteFrom('export_packs').where('agency_id', '=', agencyId).where('offboarding_id', '=', offboardingId).execute(),
    tx.updateTable('offboardings').set({ pack_state: 'gone' }).where('agency_id', '=', agencyId).where('id', '=', offboardingId).execute(),
  ]);
}
