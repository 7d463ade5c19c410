import { randomUUID } from 'node:crypto';
import { invite } from '../../db/invite.ts';
import { openAccount } from '../../db/open-account.ts';
import { createAccountRequest, initialPlan } from '../../domain/account.ts';
import type { AccountId, InvitationId } from '../../domain/ids.ts';
import { actingCaller } from '../auth/acting.ts';
import { createInvitationToken } from '../auth/invitation-token.ts';
import { permitOperator } from '../auth/permit.ts';
import { derivedId } from '../derived-id.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { accountSchema } from '../representations/account.ts';
import { invitationExpiry, sendInvitation } from '../send-invitation.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/operator/accounts',
  operationId: 'createAccount',
  tags: ['Operator'],
  summary: 'Open an account with its plan, and invite its owner',
  middleware: permitOperator,
  request: { headers: z.object({ 'idempotency-key': z.string().optional() }), body: jsonBody(createAccountRequest) },
  responses: { 201: jsonResponse('The account.', accountSchema), ...bodyProblems('IDEMPOTENCY_KEY_REUSED') },
});

/** `POST /v1/operator/accounts` */
export const createAccount = operation({
  route,
  handler: async (c) => {
    const request = c.req.valid('json');
    const { kind, name, billingEmail, ownerEmail } = request;
    // There is no account yet to keep the key under: the new one's id follows from it.
    const key = idempotencyKey(c);
    const accountId = derivedId<AccountId>('account', key ?? randomUUID());
    const response = await changeOnce(c, { accountId, key, request }, async (tx, { idOf }) => {
      const plan = kind === 'agency' ? initialPlan(request.plan) : null;
      const expiresAt = invitationExpiry();
      const actor = actingCaller(c);
      const { token, hash } = createInvitationToken();
      const id = idOf<InvitationId>('invitation');
      await openAccount(tx, { accountId, kind, name, billingEmail, plan, actor });
      await invite(tx, { accountId, id, email: ownerEmail, role: 'owner', clientIds: null, tokenHash: hash, expiresAt, actor });
      await sendInvitation(tx, c.var.deps, { accountId, email: ownerEmail, role: 'owner', invitedBy: 'Foyer', token });
      const invitation = { email: ownerEmail, role: 'owner' as const, expiresAt: expiresAt.toISOString() };
      return { status: 201, body: { id: accountId, kind, name, billingEmail, invitation, plan } };
    });
    c.var.deps.temporal.mailQueued();
    return response as never;
  },
});
