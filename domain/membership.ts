import { z } from 'zod';
import type { Role } from './permission.ts';
import { emailAddress } from './text.ts';

/** Whom a person of each role manages: invites as, changes from and to, restricts, removes. */
export const managedRoles = {
  owner: ['owner', 'admin', 'viewer'],
  admin: ['admin', 'viewer'],
  viewer: [],
} as const satisfies Record<Role, readonly Role[]>;

export function manages(by: Role, role: Role): boolean {
  const managed: readonly Role[] = managedRoles[by];
  return managed.includes(role);
}

/** What happens to a member. */
export type MemberChange = { kind: 'becomes'; role: Role; restricted: boolean } | { kind: 'removed' } | { kind: 'leaves' };

/** Why a change may not be made: who asks has not the standing; the account would be without an owner; an owner sees all clients. */
export type MemberChangeRefusal = 'not_managed' | 'last_owner' | 'owner_sees_all';

interface ChangeFacts {
  /** The role of whoever asks. */
  by: Role;
  /** The role of whom it concerns. */
  member: Role;
  change: MemberChange;
  /** How many owners the account has. */
  owners: number;
}

/** Why the change is refused, or null when it may be made. To leave is up to oneself; everything else is up to who manages the role before and after. */
export function refuseMemberChange({ by, member, change, owners }: ChangeFacts): MemberChangeRefusal | null {
  const roleAfter = change.kind === 'becomes' ? change.role : null;
  if (change.kind !== 'leaves' && !(manages(by, member) && (roleAfter === null || manages(by, roleAfter)))) return 'not_managed';
  if (member === 'owner' && roleAfter !== 'owner' && owners <= 1) return 'last_owner';
  return change.kind === 'becomes' && change.role === 'owner' && change.restricted ? 'owner_sees_all' : null;
}

const clientIds = z
  .array(z.uuid().toLowerCase())
  .max(1_000)
  .transform((ids) => [...new Set(ids)])
  .nullable();

/** Body of `PATCH /v1/accounts/{accountId}/members/{personId}`; `clientIds` restricts the member to some clients, `null` to none. */
export const changeMemberRequest = z
  .object({ role: z.enum(['admin', 'viewer']).optional(), clientIds: clientIds.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must name a field to change');

/** Days until an invitation, or an offer of ownership, has passed. */
export const invitationDays = 7;

/** Body of `POST /v1/accounts/{accountId}/invitations`. */
export const inviteRequest = z.object({ email: emailAddress, role: z.enum(['owner', 'admin', 'viewer']), clientIds: clientIds.default(null) });

/** Body of `POST /v1/invitations/accept`. */
export const acceptInvitationRequest = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, 'must be the token of a link') });

export const invitationStates = ['pending', 'accepted', 'expired', 'revoked'] as const;
export type InvitationState = (typeof invitationStates)[number];

/** What an invitation is at `now`: one that nobody answered in time has expired by itself. */
export function invitationState({ state, expiresAt }: { state: InvitationState; expiresAt: Date }, now: Date): InvitationState {
  return state === 'pending' && expiresAt <= now ? 'expired' : state;
}

/** What whoever hands ownership over is afterwards. */
export const formerOwnerRoles = ['admin', 'owner'] as const;

/** Body of `PUT /v1/accounts/{accountId}/ownership-offer`. */
export const offerOwnershipRequest = z.object({ personId: z.uuid().toLowerCase(), formerRole: z.enum(formerOwnerRoles).default('admin') });
