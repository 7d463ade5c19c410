import type { AccountId, InvitationId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** Which invitation a token belongs to, whatever has become of it. Needs the sight of `presentedInvitationHash`. */
export async function readPresentedInvitation(reader: TenantReader, tokenHash: Buffer): Promise<{ accountId: AccountId; id: InvitationId } | undefined> {
  return reader.selectFrom('invitations').select(['agency_id as accountId', 'id']).where('token_hash', '=', tokenHash).executeTakeFirst();
}
