import { switchAccountRequest } from '../../domain/account.ts';
import { permitPerson } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, operation } from '../operation.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/me/current-account',
  operationId: 'switchAccount',
  tags: ['Callers'],
  summary: 'Remember which account the person looks at',
  description: 'Changes the view alone, at every sign-in of this person: nothing is copied, moved or granted.',
  middleware: permitPerson,
  request: { body: jsonBody(switchAccountRequest) },
  responses: { 204: { description: 'Remembered.' }, ...bodyProblems() },
});

/** `PUT /v1/me/current-account` */
export const switchAccount = operation({
  route,
  handler: async (c) => {
    const { member, deps } = c.var;
    const accountId = c.req.valid('json').accountId.toLowerCase();
    const chosen = member.memberships.find((membership) => membership.accountId === accountId);
    if (!chosen) throw refused('NOT_FOUND');
    await deps.db.updateTable('auth.people').set({ current_account_id: chosen.accountId }).where('id', '=', member.personId).execute();
    return c.body(null, 204);
  },
});
