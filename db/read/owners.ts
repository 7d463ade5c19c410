import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** Whom a mail to an account's owners goes to. */
export interface OwnerRecord {
  name: string;
  email: string;
}

/** The owners of an account, in the order in which they came. */
export async function readOwners(reader: TenantReader, accountId: AccountId): Promise<OwnerRecord[]> {
  return reader
    .selectFrom('memberships as membership')
    .innerJoin('auth.people as person', 'person.id', 'membership.person_id')
    .select(['person.name', 'person.email'])
    .where('membership.agency_id', '=', accountId)
    .where('membership.role', '=', 'owner')
    .orderBy('membership.created_at')
    .orderBy('person.id')
    .execute();
}
