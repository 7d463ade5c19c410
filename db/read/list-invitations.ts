import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type InvitationRecord, selectInvitations, toInvitation } from './invitations.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

/** A page of the account's invitations, newest first. */
export async function listInvitations(reader: TenantReader, accountId: AccountId, page: PageRequest): Promise<Page<InvitationRecord>> {
  const rows = await selectInvitations(reader, accountId).$call(newestFirst('invitation', page)).execute();
  const now = new Date();
  return cutPage(rows, page.limit, (row) => toInvitation(row, now));
}
