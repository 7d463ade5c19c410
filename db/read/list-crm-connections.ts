import type { CrmProvider } from '../../domain/crm.ts';
import type { AgencyId, CrmConnectionId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { behind, cutPage, type Page, type PageRequest } from './page.ts';

export interface ListedCrmConnection {
  id: CrmConnectionId;
  provider: CrmProvider;
  createdAt: Date;
}

/** A page of the agency's CRM connections, newest first; never their secrets. */
export async function listCrmConnections(reader: TenantReader, agencyId: AgencyId, page: PageRequest): Promise<Page<ListedCrmConnection>> {
  let query = reader.selectFrom('crm_connections').select(['id', 'provider', 'created_at']).where('agency_id', '=', agencyId).where('deleted_at', 'is', null);
  if (page.after) query = query.where(behind('crm_connections', page.after));
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return cutPage(rows, page.limit, ({ id, provider, created_at }) => ({ id, provider, createdAt: created_at }));
}
