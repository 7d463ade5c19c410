import { listHistory as listHistoryRecords } from '../../db/read/list-history.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permitAccount } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { accountHistoryQuery, historyFilter } from '../history-filter.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { historySchema, presentHistory } from '../representations/history.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/accounts/{accountId}/history',
  operationId: 'listHistory',
  tags: ['History'],
  summary: 'Who did what in the account, from where, newest first',
  middleware: permitAccount('history.read'),
  request: { params: inAccount, query: z.object({ ...pageQuery, ...accountHistoryQuery }) },
  responses: {
    200: jsonResponse('A page of the history.', z.object({ items: z.array(historySchema), nextCursor: z.string().nullable() })),
    ...problems('VALIDATION_FAILED'),
  },
});

/** `GET /v1/accounts/{accountId}/history` */
export const listHistory = operation({
  route,
  handler: async (c) => {
    const { agencyId: accountId, sight, may, deps } = c.var;
    const query = c.req.valid('query');
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listHistoryRecords(reader, accountId, historyFilter(query), pageRequest(query)));
    return c.json({ items: items.map((event) => presentHistory(event, may)), nextCursor: nextCursor(next) }, 200);
  },
});
