import { z } from 'zod';
import { emailAddress } from './text.ts';

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

/**
 * How often an account may have invitations mailed, again and again to one address, and to all together. Anybody can open an account and give it any name,
 * which these mails carry to any address.
 */
export const invitationMails = { toAddress: { max: 10, windowSeconds: 3_600 }, together: { max: 200, windowSeconds: 86_400 } } as const;

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
