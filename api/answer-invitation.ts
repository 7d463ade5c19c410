import { readInvitation } from '../db/read/invitation.ts';
import type { InvitationRecord } from '../db/read/invitations.ts';
import { reading, type TenantTransaction } from '../db/tenant.ts';
import type { AccountId, InvitationId } from '../domain/ids.ts';
import type { Answer } from './idempotency.ts';
import { refused } from './refused.ts';
import { invitationSchema, presentInvitation } from './representations/invitation.ts';

/** The answer that tells of an invitation, as it is kept: it names nobody, for whoever it names can go. */
export function answerInvitation(status: 200 | 201, invitation: InvitationRecord): Answer {
  return { status, body: { ...presentInvitation(invitation), email: '', invitedBy: null } };
}

/** Puts into a kept answer whom the invitation names now. */
export async function nameInvited(tx: TenantTransaction, accountId: AccountId, kept: Answer): Promise<Answer> {
  const body = invitationSchema.parse(kept.body);
  const invitation = await readInvitation(reading(tx), accountId, body.id as InvitationId);
  if (!invitation) throw refused('NOT_FOUND');
  const { email, invitedBy } = presentInvitation(invitation);
  return { ...kept, body: { ...body, email, invitedBy } };
}
