import type { AccountId, InvitationId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type InvitationRecord, selectInvitations, toInvitation } from './invitations.ts';

/** One invitation of the account, or undefined when it is not the account's. */
export async function readInvitation(reader: TenantReader, accountId: AccountId, invitationId: InvitationId): Promise<InvitationRecord | undefined> {
  const row = await selectInvitations(reader, accountId).where('invitation.id', '=', invitationId).executeTakeFirst();
  return row && toInvitation(row, new Date());
}
