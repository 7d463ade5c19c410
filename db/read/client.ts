import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type ClientRecord, selectClients, toClient } from './clients.ts';

/** One client of the agency, or undefined when it is not the agency's. */
export async function readClient(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<ClientRecord | undefined> {
  const row = await selectClients(reader, agencyId).where('client.id', '=', clientId).executeTakeFirst();
  return row && toClient(row);
}
