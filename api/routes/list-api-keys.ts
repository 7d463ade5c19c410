import { listApiKeys as listApiKeyRecords } from '../../db/read/list-api-keys.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permitAccount } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { apiKeySchema, presentApiKey } from '../representations/api-key.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/accounts/{accountId}/api-keys',
  operationId: 'listApiKeys',
  tags: ['API keys'],
  summary: 'List the keys of the account, newest first',
  middleware: permitAccount('keys.manage'),
  request: { params: inAccount, query: z.object(pageQuery) },
  responses: {
    200: jsonResponse('A page of keys.', z.object({ items: z.array(apiKeySchema), nextCursor: z.string().nullable() })),
    ...problems('VALIDATION_FAILED'),
  },
});

/** `GET /v1/accounts/{accountId}/api-keys` */
export const listApiKeys = operation({
  route,
  handler: async (c) => {
    const { agencyId: accountId, sight, deps } = c.var;
    const page = pageRequest(c.req.valid('query'));
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listApiKeyRecords(reader, accountId, page));
    return c.json({ items: items.map(presentApiKey), nextCursor: nextCursor(next) }, 200);
  },
});
