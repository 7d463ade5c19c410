import { readAccount } from '../../db/read/account.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import { updateAccountRequest } from '../../domain/account.ts';
import { permitAccount } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { accountPageSchema, presentAccountPage } from '../representations/account-page.ts';

const route = createRoute({
  method: 'patch',
  path: '/v1/accounts/{accountId}',
  operationId: 'updateAccount',
  tags: ['Accounts'],
  summary: 'Change the name or the billing e-mail of an account',
  middleware: permitAccount('account.write'),
  request: { params: inAccount, body: jsonBody(updateAccountRequest) },
  responses: { 200: jsonResponse('The account.', accountPageSchema), ...bodyProblems() },
});

/** `PATCH /v1/accounts/{accountId}` */
export const updateAccount = operation({
  route,
  handler: async (c) => {
    const { actor, role, deps } = c.var;
    const { accountId } = c.req.valid('param');
    const request = c.req.valid('json');
    const account = await inTenant(deps.db, accountId, async (tx) => {
      const current = await tx
        .selectFrom('accounts')
        .select(['name', 'billing_email as billingEmail'])
        .where('id', '=', accountId)
        .forNoKeyUpdate()
        .executeTakeFirst();
      if (!current) throw refused('NOT_FOUND');
      const { name = current.name, billingEmail = current.billingEmail } = request;
      if (name !== current.name || billingEmail !== current.billingEmail) {
        await tx.updateTable('accounts').set({ name, billing_email: billingEmail }).where('id', '=', accountId).execute();
        await recordEvent(tx, { agencyId: accountId, actor, kind: 'account.updated', before: current, after: { name, billingEmail } });
      }
      return readAccount(reading(tx), accountId);
    });
    if (!account) throw refused('NOT_FOUND');
    return c.json(presentAccountPage(account, role, true), 200);
  },
});
