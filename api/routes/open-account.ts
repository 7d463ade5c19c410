import { randomUUID } from 'node:crypto';
import { addMember } from '../../db/add-member.ts';
import { countAttempt } from '../../db/limit-attempts.ts';
import { openAccount as openAccountRecord } from '../../db/open-account.ts';
import { accountKinds, accountsADay, initialPlan, openAccountRequest, planRequest } from '../../domain/account.ts';
import type { AccountId } from '../../domain/ids.ts';
import { actingCaller } from '../auth/acting.ts';
import { holdPerson } from '../auth/hold-person.ts';
import { permitPerson } from '../auth/permit.ts';
import { derivedId } from '../derived-id.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { refused } from '../refused.ts';

const openedSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(accountKinds),
    name: z.string(),
    billingEmail: z.string(),
    role: z.literal('owner'),
    plan: planRequest.nullable(),
  })
  .openapi('OpenedAccount');

const route = createRoute({
  method: 'post',
  path: '/v1/accounts',
  operationId: 'openAccount',
  tags: ['Accounts'],
  summary: 'Open an account of one’s own',
  description: 'For a person, who becomes its owner. An agency begins on the trial plan.',
  middleware: permitPerson,
  request: { headers: z.object({ 'idempotency-key': z.string().optional() }), body: jsonBody(openAccountRequest) },
  responses: { 201: jsonResponse('The account.', openedSchema), ...bodyProblems('IDEMPOTENCY_KEY_REUSED', 'RATE_LIMITED') },
});

/** `POST /v1/accounts` */
export const openAccount = operation({
  route,
  handler: async (c) => {
    const { member } = c.var;
    const request = c.req.valid('json');
    const { kind, name, billingEmail = member.email } = request;
    const key = idempotencyKey(c);
    // There is no account yet to keep the key under: the new one's id follows from the key and its holder.
    const accountId = derivedId<AccountId>('account', member.personId, key ?? randomUUID());
    const response = await changeOnce(c, { accountId, key, request }, async (tx) => {
      await holdPerson(tx, member.personId, 'to join');
      const waitSeconds = await countAttempt(tx, `accounts opened by ${member.personId}`, accountsADay);
      if (waitSeconds > 0) throw refused('RATE_LIMITED', { retryAfterSeconds: waitSeconds });
      const plan = kind === 'agency' ? initialPlan({ state: 'trialing' }) : null;
      const actor = actingCaller(c);
      await openAccountRecord(tx, { accountId, kind, name, billingEmail, plan, actor });
      await addMember(tx, { accountId, personId: member.personId, name: member.name, role: 'owner', clientIds: null, actor });
      return { status: 201, body: { id: accountId, kind, name, billingEmail, role: 'owner', plan }, headers: { Location: `/v1/accounts/${accountId}` } };
    });
    return response as never;
  },
});
