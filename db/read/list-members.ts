import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type MemberRecord, selectMembers, toMember } from './members.ts';
import { behind, cutPage, type Page, type PageRequest } from './page.ts';

/** A page of the account's people, newest first. */
export async function listMembers(reader: TenantReader, accountId: AccountId, page: PageRequest): Promise<Page<MemberRecord>> {
  let query = selectMembers(reader, accountId);
  if (page.after) query = query.where(behind('membership', page.after, 'person_id'));
  const rows = await query
    .orderBy('membership.created_at', 'desc')
    .orderBy('membership.person_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return cutPage(rows, page.limit, toMember);
}
