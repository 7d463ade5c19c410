import type { AccountId, PersonId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type MemberRecord, selectMembers, toMember } from './members.ts';

/** One person of the account, or undefined for one who does not belong to it. */
export async function readMember(reader: TenantReader, accountId: AccountId, personId: PersonId): Promise<MemberRecord | undefined> {
  const row = await selectMembers(reader, accountId).where('membership.person_id', '=', personId).executeTakeFirst();
  return row && toMember(row);
}
