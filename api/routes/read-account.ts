import { readAccount as readAccountRecord } from '../../db/read/account.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permitAccount } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { accountPageSchema, presentAccountPage } from '../representations/account-page.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/accounts/{accountId}',
  operationId: 'readAccount',
  tags: ['Accounts'],
  summary: 'Read an account: what it is, what the caller is in it, how much is in it',
  description: 'Clients and projects are counted as far as the caller sees them.',
  middleware: permitAccount('account.read'),
  request: { params: inAccount },
  responses: { 200: jsonResponse('The account.', accountPageSchema), ...problems() },
});

/** `GET /v1/accounts/{accountId}` */
export const readAccount = operation({
  route,
  handler: async (c) => {
    const { role, may, sight, deps } = c.var;
    const account = await readInTenant(deps.db, sight, (reader) => readAccountRecord(reader, sight.agencyId));
    if (!account) throw refused('NOT_FOUND');
    return c.json(presentAccountPage(account, role, may('account.write')), 200);
  },
});
