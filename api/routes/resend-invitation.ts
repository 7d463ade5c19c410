import { readInvitation } from '../../db/read/invitation.ts';
import { recordEvent } from '../../db/record-event.ts';
import { reading, type TenantTransaction } from '../../db/tenant.ts';
import { manages } from '../../domain/member-change.ts';
import { answerInvitation, nameInvited } from '../answer-invitation.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { createInvitationToken } from '../auth/invitation-token.ts';
import { permitAccount } from '../auth/permit.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { ofInvitation } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { refusedChange } from '../refused-change.ts';
import { invitationSchema } from '../representations/invitation.ts';
import { invitationExpiry, sendInvitation } from '../send-invitation.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/accounts/{accountId}/invitations/{invitationId}/resend',
  operationId: 'resendInvitation',
  tags: ['People'],
  summary: 'Send an invitation again, with a new link for another seven days',
  description: 'The link that was sent before is gone. One that has expired waits for an answer again; one that was accepted or revoked is not found.',
  middleware: permitAccount('people.manage'),
  request: { params: ofInvitation, headers: z.object({ 'idempotency-key': z.string().optional() }) },
  responses: { 200: jsonResponse('The invitation.', invitationSchema), ...problems('IDEMPOTENCY_KEY_REUSED', 'VALIDATION_FAILED') },
});

/** `POST /v1/accounts/{accountId}/invitations/{invitationId}/resend` */
export const resendInvitation = operation({
  route,
  handler: async (c) => {
    const { actor, caller, deps } = c.var;
    const { accountId, invitationId } = c.req.valid('param');
    const change = async (tx: TenantTransaction) => {
      const { by } = await holdPeople(tx, caller, accountId);
      const invitation = await readInvitation(reading(tx), accountId, invitationId);
      if (invitation?.state !== 'pending' && invitation?.state !== 'expired') throw refused('NOT_FOUND');
      const { email, role } = invitation;
      if (!manages(by, role)) throw refusedChange('not_managed');
      const { token, hash } = createInvitationToken();
      const expiresAt = invitationExpiry();
      await tx
        .updateTable('invitations')
        .set({ state: 'pending', token_hash: hash, expires_at: expiresAt, sent_at: new Date() })
        .where('agency_id', '=', accountId)
        .where('id', '=', invitationId)
        .execute();
      await recordEvent(tx, { agencyId: accountId, actor, kind: 'invitation.resent', after: { id: invitationId, email } });
      await sendInvitation(tx, deps, { accountId, email, role, invitedBy: actor.label, token });
      return answerInvitation(200, { ...invitation, state: 'pending', expiresAt });
    };
    const response = await changeOnce(c, { accountId, key: idempotencyKey(c), request: null }, change, (tx, kept) => nameInvited(tx, accountId, kept));
    deps.temporal.mailQueued();
    return response as never;
  },
});
