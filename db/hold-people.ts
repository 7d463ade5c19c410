import type { AccountId, PersonId } from '../domain/ids.ts';
import type { Role } from '../domain/permission.ts';
import type { TenantTransaction } from './tenant.ts';

/** The people of an account by what they are in it. */
export interface HeldPeople {
  roles: ReadonlyMap<PersonId, Role>;
  owners: number;
}

/**
 * The account's people, held as they are until the transaction ends: whoever changes them waits for whoever began before, so that two owners who
 * demote each other at once leave one.
 */
export async function holdPeople(tx: TenantTransaction, accountId: AccountId): Promise<HeldPeople> {
  await tx.selectFrom('accounts').select('id').where('id', '=', accountId).forNoKeyUpdate().execute();
  const members = await tx.selectFrom('memberships').select(['person_id', 'role']).where('agency_id', '=', accountId).execute();
  const roles = new Map(members.map(({ person_id, role }) => [person_id, role]));
  return { roles, owners: members.filter(({ role }) => role === 'owner').length };
}
