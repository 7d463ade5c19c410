import type { AccountId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** Those of the ids that are no clients of the account. */
export async function unknownClients(reader: TenantReader, accountId: AccountId, clientIds: readonly ClientId[]): Promise<ClientId[]> {
  const known = await reader.selectFrom('clients').select('id').where('agency_id', '=', accountId).where('id', 'in', clientIds).execute();
  return clientIds.filter((clientId) => !known.some(({ id }) => id === clientId));
}
