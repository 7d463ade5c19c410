import { listHistory } from '../../db/read/list-history.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { findClient } from '../find-client.ts';
import { historyFilter, historyQuery } from '../history-filter.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { historySchema, presentHistory } from '../representations/history.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/history',
  operationId: 'listClientHistory',
  tags: ['History'],
  summary: 'Who did what to a client and its projects, newest first',
  middleware: permit('clients.read'),
  request: { params: inClient, query: z.object({ ...pageQuery, ...historyQuery }) },
  responses: {
    200: jsonResponse('A page of the history.', z.object({ items: z.array(historySchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/clients/{clientId}/history` */
export const listClientHistory = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, may, deps } = c.var;
    const { clientId } = c.req.valid('param');
    const query = c.req.valid('query');
    const filter = historyFilter({ ...query, clientId });
    await findClient(deps, sight, clientId);
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listHistory(reader, agencyId, filter, pageRequest(query)));
    return c.json({ items: items.map((event) => presentHistory(event, may)), nextCursor: nextCursor(next) }, 200);
  },
});
