import { listClients as listClientRecords } from '../../db/read/list-clients.ts';
import { clientStates } from '../../domain/client.ts';
import { permit } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest, searchText } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { clientSchema, presentClient } from '../representations/client.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients',
  operationId: 'listClients',
  tags: ['Clients'],
  summary: 'List client accounts, newest first',
  middleware: permit('clients.read'),
  request: {
    params: inAgency,
    query: z.object({
      ...pageQuery,
      query: searchText.optional(),
      state: z.enum(clientStates).optional(),
    }),
  },
  responses: {
    200: jsonResponse('A page of clients.', z.object({ items: z.array(clientSchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/clients` */
export const listClients = operation({
  route,
  handler: async (c) => {
    const { sight, may, deps } = c.var;
    const { query, state, ...page } = c.req.valid('query');
    const { items, next } = await listClientRecords(deps.db, sight, { query, state, namesOnly: !may('clients.contact') }, pageRequest(page));
    return c.json({ items: items.map((client) => presentClient(client, c.var)), nextCursor: nextCursor(next) }, 200);
  },
});
