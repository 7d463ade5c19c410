import { listClients as listClientRecords } from '../../db/read/list-clients.ts';
import { clientStates } from '../../domain/client.ts';
import { permit } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest, searchText } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { clientSchema, presentClient } from '../representations/client.ts';
import { inTurn } from '../request-limits.ts';

const pageSchema = z.object({ items: z.array(clientSchema), nextCursor: z.string().nullable() });

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients',
  operationId: 'listClients',
  tags: ['Clients'],
  summary: 'List client accounts, newest first',
  middleware: permit('clients.read', { takesTurn: 'handler' }),
  request: {
    params: inAgency,
    query: z.object({
      ...pageQuery,
      query: searchText.optional(),
      state: z.enum(clientStates).optional(),
    }),
  },
  responses: {
    200: jsonResponse('A page of clients.', pageSchema),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/clients` */
export const listClients = operation({
  route,
  handler: async (c) => {
    const { agencyId, audience, sight, may, deps } = c.var;
    const asked = c.req.valid('query');
    const makePage = async () => {
      const { query, state, ...page } = asked;
      const { items, next } = await listClientRecords(deps.db, sight, { query, state, namesOnly: !may('clients.contact') }, pageRequest(page));
      const shown: z.infer<typeof pageSchema> = { items: items.map((client) => presentClient(client, { may, deps })), nextCursor: nextCursor(next) };
      return JSON.stringify(shown);
    };
    const text = await deps.lists.find({ agencyId, audience, query: asked }, () => inTurn(deps, agencyId, makePage));
    // Text of what the document says, in which the framework would only believe an object.
    return c.body(text, 200, { 'Content-Type': 'application/json' }) as never;
  },
});
