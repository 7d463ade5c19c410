import { type HeldPeople, holdPeople as holdAccount } from '../../db/hold-people.ts';
import type { TenantTransaction } from '../../db/tenant.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { Role } from '../../domain/permission.ts';
import { refused } from '../refused.ts';
import type { Caller } from './caller.ts';

/**
 * The account's people, held as they are until the transaction ends, and the caller's role among them, which may have changed since the request came
 * in. A key manages people as an admin does. Refuses with `NOT_FOUND` who does not belong to the account any more.
 */
export async function holdPeople(tx: TenantTransaction, caller: Caller, accountId: AccountId): Promise<HeldPeople & { by: Role }> {
  const people = await holdAccount(tx, accountId);
  const by = caller.kind === 'person' ? people.roles.get(caller.personId) : 'admin';
  if (!by) throw refused('NOT_FOUND');
  return { ...people, by };
}
