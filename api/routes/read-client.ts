import { readClient as readClientRecord } from '../../db/read/client.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { clientETag, clientSchema, presentClient } from '../representations/client.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients/{clientId}',
  operationId: 'readClient',
  tags: ['Clients'],
  summary: 'Read a client account',
  middleware: permit('clients.read'),
  request: { params: inClient },
  responses: { 200: jsonResponse('The client.', clientSchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}/clients/{clientId}` */
export const readClient = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { clientId } = c.req.valid('param');
    const client = await readInTenant(deps.db, sight, (reader) => readClientRecord(reader, agencyId, clientId));
    if (!client) throw refused('NOT_FOUND');
    return c.json(presentClient(client, c.var), 200, { ETag: clientETag(client) });
  },
});
