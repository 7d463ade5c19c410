import { readAgency } from '../../db/read/agency.ts';
import { readInTenant } from '../../db/tenant.ts';
import { keyMay } from '../../domain/permission.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { refused } from '../refused.ts';
import { agencySchema, presentAgency } from '../representations/agency.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies',
  operationId: 'listAgencies',
  tags: ['Agencies'],
  summary: 'List the agency workspaces of the caller',
  responses: {
    200: jsonResponse('The workspaces; none for a direct account.', z.object({ items: z.array(agencySchema), nextCursor: z.string().nullable() })),
    ...problems(),
  },
});

/** `GET /v1/agencies` */
export const listAgencies = operation({
  route,
  handler: async (c) => {
    const { caller, deps } = c.var;
    if (caller.kind !== 'apiKey' || !keyMay(caller.scopes, 'clients.read')) throw refused('AGENCY_ROLE_REQUIRED');
    const { accountId } = caller;
    const agency = await readInTenant(deps.db, { agencyId: accountId }, (reader) => readAgency(reader, accountId));
    return c.json({ items: agency ? [presentAgency(agency)] : [], nextCursor: null }, 200);
  },
});
