import { sql } from 'kysely';
import type { Actor } from '../../domain/actor.ts';
import type { AccountId, ClientId, InvitationId, PersonId } from '../../domain/ids.ts';
import { type InvitationState, invitationState } from '../../domain/membership.ts';
import type { Role } from '../../domain/permission.ts';
import type { TenantReader } from '../tenant.ts';

/** An invitation of somebody to an account. */
export interface InvitationRecord {
  id: InvitationId;
  email: string;
  role: Role;
  /** The clients that the member will be restricted to; null for none. */
  clientIds: ClientId[] | null;
  state: InvitationState;
  invitedBy: Actor | null;
  acceptedBy: PersonId | null;
  createdAt: Date;
  expiresAt: Date;
}

/** The account's invitations, for the queries of this folder to narrow. */
export function selectInvitations(reader: TenantReader, accountId: AccountId) {
  return reader
    .selectFrom('invitations as invitation')
    .where('invitation.agency_id', '=', accountId)
    .select([
      'invitation.id',
      'invitation.email',
      'invitation.role',
      'invitation.state',
      'invitation.invited_by',
      'invitation.accepted_by',
      'invitation.created_at',
      'invitation.expires_at',
      sql<ClientId[] | null>`case when invitation.restricted then array(
        select visible.client_id from invitation_clients as visible
        where visible.agency_id = invitation.agency_id and visible.invitation_id = invitation.id order by visible.client_id
      ) end`.as('client_ids'),
    ]);
}

export interface InvitationRow {
  id: InvitationId;
  email: string;
  role: Role;
  state: InvitationState;
  invited_by: Actor | null;
  accepted_by: PersonId | null;
  created_at: Date;
  expires_at: Date;
  client_ids: ClientId[] | null;
}

/** A row of `selectInvitations` as it is at `now`. */
export function toInvitation(row: InvitationRow, now: Date): InvitationRecord {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    clientIds: row.client_ids,
    state: invitationState({ state: row.state, expiresAt: row.expires_at }, now),
    invitedBy: row.invited_by,
    acceptedBy: row.accepted_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
