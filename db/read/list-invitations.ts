import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type InvitationRecord, selectInvitations, toInvitation } from './invitations.ts';
import { behind, cutPage, type Page, type PageRequest } from './page.ts';

/** A page of the account's invitations, newest first. */
export async function listInvitations(reader: TenantReader, accountId: AccountId, page: PageRequest): Promise<Page<InvitationRecord>> {
  let query = selectInvitations(reader, accountId);
  if (page.after) query = query.where(behind('invitation', page.after));
  const rows = await query
    .orderBy('invitation.created_at', 'desc')
    .orderBy('invitation.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const now = new Date();
  return cutPage(rows, page.limit, (row) => toInvitation(row, now));
}
