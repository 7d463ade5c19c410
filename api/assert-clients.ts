import { unknownClients } from '../db/read/unknown-clients.ts';
import { reading, type TenantTransaction } from '../db/tenant.ts';
import type { AccountId, ClientId } from '../domain/ids.ts';
import { refused } from './refused.ts';

/** Refuses with `VALIDATION_FAILED` a restriction to clients that are none of the account, wherever else they may be. */
export async function assertClients(tx: TenantTransaction, accountId: AccountId, clientIds: readonly ClientId[] | null): Promise<void> {
  if (!clientIds || clientIds.length === 0) return;
  const unknown = await unknownClients(reading(tx), accountId, clientIds);
  if (unknown.length === 0) return;
  const errors = unknown.map((id) => ({ pointer: `/clientIds/${clientIds.indexOf(id)}`, message: 'is no client of this account' }));
  throw refused('VALIDATION_FAILED', { errors });
}
