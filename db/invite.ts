import { sql } from 'kysely';
import type { Actor } from '../domain/actor.ts';
import type { AccountId, ClientId, InvitationId } from '../domain/ids.ts';
import type { Role } from '../domain/permission.ts';
import { recordEvent } from './record-event.ts';
import type { TenantTransaction } from './tenant.ts';

export interface NewInvitation {
  accountId: AccountId;
  id: InvitationId;
  email: string;
  role: Role;
  /** The clients that the member will be restricted to; null for none. */
  clientIds: readonly ClientId[] | null;
  tokenHash: Buffer;
  expiresAt: Date;
  actor: Actor;
}

/** Invites somebody; an invitation that waits for the same address is withdrawn. */
export async function invite(tx: TenantTransaction, invitation: NewInvitation): Promise<void> {
  const { accountId, id, email, role, clientIds, tokenHash, expiresAt, actor } = invitation;
  const { origin: _, ...invitedBy } = actor;
  await withdrawPending(tx, invitation);
  await tx
    .insertInto('invitations')
    .values({
      agency_id: accountId,
      id,
      email,
      role,
      state: 'pending',
      expires_at: expiresAt,
      token_hash: tokenHash,
      restricted: clientIds !== null,
      invited_by: JSON.stringify(invitedBy),
      sent_at: new Date(),
    })
    .execute();
  await recordEvent(tx, { agencyId: accountId, actor, kind: 'invitation.created', after: { id, email, role, clientIds } });
  if (!clientIds || clientIds.length === 0) return;
  const visible = clientIds.map((clientId) => ({ agency_id: accountId, invitation_id: id, client_id: clientId }));
  await tx.insertInto('invitation_clients').values(visible).execute();
}

async function withdrawPending(tx: TenantTransaction, { accountId, email, actor }: NewInvitation): Promise<void> {
  const withdrawn = await tx
    .updateTable('invitations')
    .set({ state: 'revoked', ended_at: sql<Date>`now()` })
    .where('agency_id', '=', accountId)
    .where('state', '=', 'pending')
    .where(({ fn }) => fn<string>('lower', ['email']), '=', email.toLowerCase())
    .returning('id')
    .execute();
  for (const { id } of withdrawn) await recordEvent(tx, { agencyId: accountId, actor, kind: 'invitation.revoked', after: { id, email } });
}
