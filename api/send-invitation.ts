import { type AttemptLimit, countAttempt } from '../db/limit-attempts.ts';
import { queueMail } from '../db/queue-mail.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { AccountId } from '../domain/ids.ts';
import { invitationDays, invitationMails } from '../domain/membership.ts';
import type { Role } from '../domain/permission.ts';
import { invitationMail } from '../mail/invitation.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';

const dayMs = 86_400_000;

/** When an invitation, or an offer of ownership, that is made now has passed. */
export function invitationExpiry(): Date {
  return new Date(Date.now() + invitationDays * dayMs);
}

interface SentInvitation {
  accountId: AccountId;
  email: string;
  role: Role;
  /** The name of whoever invites. */
  invitedBy: string;
  token: string;
}

/**
 * Queues the mail with the link of an invitation, in the transaction that makes the link valid. Refuses with `RATE_LIMITED` where the account has had many
 * mailed. Comes behind the hold of the account's people (`holdPeople`), so that two count in turn.
 */
export async function sendInvitation(tx: TenantTransaction, { secrets, publicUrl }: Deps, invitation: SentInvitation): Promise<void> {
  const { accountId, email, role, invitedBy, token } = invitation;
  await countMail(tx, `invitations of ${accountId} to ${email.toLowerCase()}`, invitationMails.toAddress);
  await countMail(tx, `invitations of ${accountId}`, invitationMails.together);
  const { name: accountName } = await tx.selectFrom('accounts').select('name').where('id', '=', accountId).executeTakeFirstOrThrow();
  const url = `${publicUrl}/invitations/accept?token=${token}`;
  await queueMail(tx, secrets, invitationMail({ to: email, accountName, role, invitedBy, url }));
}

async function countMail(tx: TenantTransaction, what: string, limit: AttemptLimit): Promise<void> {
  const waitSeconds = await countAttempt(tx, what, limit, { keepsOthers: true });
  if (waitSeconds > 0) throw refused('RATE_LIMITED', { retryAfterSeconds: waitSeconds });
}
