import type { TenantTransaction } from '../db/tenant.ts';
import type { AccountId } from '../domain/ids.ts';

/** Who is told of what an account has to know, by name and address. */
export async function findOwners(tx: TenantTransaction, agencyId: AccountId): Promise<{ email: string; name: string }[]> {
  return tx
    .selectFrom('memberships as membership')
    .innerJoin('auth.people as person', 'person.id', 'membership.person_id')
    .select(['person.email', 'person.name'])
    .where('membership.agency_id', '=', agencyId)
    .where('membership.role', '=', 'owner')
    .execute();
}
