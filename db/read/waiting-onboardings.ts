import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** The agency's unfinished onboardings, or those of the given clients: their workflow ids, oldest first. */
export async function waitingOnboardings(reader: TenantReader, agencyId: AgencyId, clientIds?: ClientId[]): Promise<string[]> {
  let query = reader.selectFrom('onboardings').select('workflow_id').where('agency_id', '=', agencyId).where('finished_at', 'is', null);
  if (clientIds) query = query.where('client_id', 'in', clientIds);
  const rows = await query.orderBy('created_at').orderBy('id').execute();
  return rows.map((row) => row.workflow_id);
}
