import type { CrmProvider } from '../../domain/crm.ts';
import { type CrmReading, crmReading } from '../../domain/crm-reading.ts';
import type { AgencyId, CrmConnectionId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

export interface ListedCrmConnection extends CrmReading {
  id: CrmConnectionId;
  provider: CrmProvider;
  createdAt: Date;
  lastDeliveryAt: Date | null;
  lastUnverifiedAt: Date | null;
}

/** A page of the agency's CRM connections, newest first; never their secrets. */
export async function listCrmConnections(reader: TenantReader, agencyId: AgencyId, page: PageRequest): Promise<Page<ListedCrmConnection>> {
  const rows = await reader
    .selectFrom('crm_connections')
    .select((eb) => [
      'id',
      'provider',
      'mapping',
      'trigger',
      'created_at',
      'last_unverified_at',
      eb
        .selectFrom('crm_deliveries as delivery')
        .whereRef('delivery.agency_id', '=', 'crm_connections.agency_id')
        .whereRef('delivery.connection_id', '=', 'crm_connections.id')
        .select(({ fn }) => fn.max('delivery.created_at').as('at'))
        .as('last_delivery_at'),
    ])
    .where('agency_id', '=', agencyId)
    .where('deleted_at', 'is', null)
    .$call(newestFirst('crm_connections', page))
    .execute();
  return cutPage(rows, page.limit, (row) => ({
    id: row.id,
    provider: row.provider,
    ...crmReading(row),
    createdAt: row.created_at,
    lastDeliveryAt: row.last_delivery_at,
    lastUnverifiedAt: row.last_unverified_at,
  }));
}
