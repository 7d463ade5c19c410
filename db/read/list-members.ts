import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type MemberRecord, selectMembers, toMember } from './members.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

/** A page of the account's people, newest first. */
export async function listMembers(reader: TenantReader, accountId: AccountId, page: PageRequest): Promise<Page<MemberRecord>> {
  const rows = await selectMembers(reader, accountId)
    .$call(newestFirst('membership', page, 'person_id'))
    .execute();
  return cutPage(rows, page.limit, toMember);
}
