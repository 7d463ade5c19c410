import { invite } from '../../db/invite.ts';
import { readInvitation } from '../../db/read/invitation.ts';
import { reading, type TenantTransaction } from '../../db/tenant.ts';
import type { AccountId, ClientId, InvitationId } from '../../domain/ids.ts';
import { manages } from '../../domain/member-change.ts';
import { inviteRequest } from '../../domain/membership.ts';
import { answerInvitation, nameInvited } from '../answer-invitation.ts';
import { assertClients } from '../assert-clients.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { createInvitationToken } from '../auth/invitation-token.ts';
import { permitAccount } from '../auth/permit.ts';
import { changeOnce, idempotencyKey, type Once } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { refusedChange } from '../refused-change.ts';
import { invitationSchema } from '../representations/invitation.ts';
import { invitationExpiry, sendInvitation } from '../send-invitation.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/accounts/{accountId}/invitations',
  operationId: 'createInvitation',
  tags: ['People'],
  summary: 'Invite somebody by e-mail; the link is valid for seven days',
  description: 'An invitation that waits for the same address is withdrawn. The link opens this account to the owner of the address, and nothing else.',
  middleware: permitAccount('people.manage'),
  request: { params: inAccount, headers: z.object({ 'idempotency-key': z.string().optional() }), body: jsonBody(inviteRequest) },
  responses: { 201: jsonResponse('The invitation.', invitationSchema), ...bodyProblems('IDEMPOTENCY_KEY_REUSED') },
});

/** `POST /v1/accounts/{accountId}/invitations` */
export const createInvitation = operation({
  route,
  handler: async (c) => {
    const { actor, caller, deps } = c.var;
    const { accountId } = c.req.valid('param');
    const request = c.req.valid('json');
    const change = async (tx: TenantTransaction, { idOf }: Once) => {
      const { by } = await holdPeople(tx, caller, accountId);
      const { email, role } = request;
      if (!manages(by, role)) throw refusedChange('not_managed');
      const clientIds = request.clientIds as ClientId[] | null;
      if (role === 'owner' && clientIds) throw refusedChange('owner_sees_all');
      await assertClients(tx, accountId, clientIds);
      await refuseMember(tx, accountId, email);
      const id = idOf<InvitationId>('invitation');
      const { token, hash } = createInvitationToken();
      await invite(tx, { accountId, id, email, role, clientIds, tokenHash: hash, expiresAt: invitationExpiry(), actor });
      await sendInvitation(tx, deps, { accountId, email, role, invitedBy: actor.label, token });
      const invitation = await readInvitation(reading(tx), accountId, id);
      if (!invitation) throw new Error('an invitation vanished');
      return answerInvitation(201, invitation);
    };
    const response = await changeOnce(c, { accountId, key: idempotencyKey(c), request }, change, (tx, kept) => nameInvited(tx, accountId, kept));
    deps.temporal.mailQueued();
    return response as never;
  },
});

async function refuseMember(tx: TenantTransaction, accountId: AccountId, email: string): Promise<void> {
  const member = await tx
    .selectFrom('memberships as membership')
    .innerJoin('auth.people as person', 'person.id', 'membership.person_id')
    .select('person.id')
    .where('membership.agency_id', '=', accountId)
    .where('person.email', '=', email.toLowerCase())
    .executeTakeFirst();
  if (member) throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/email', message: 'belongs to a member of this account' }] });
}
