import { readAgency as readAgencyRecord } from '../../db/read/agency.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { agencySchema, presentAgency } from '../representations/agency.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}',
  operationId: 'readAgency',
  tags: ['Agencies'],
  summary: 'Read an agency workspace: plan, limits, projects, shared reports',
  middleware: permit('clients.read'),
  request: { params: inAgency },
  responses: { 200: jsonResponse('The workspace.', agencySchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}` */
export const readAgency = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const agency = await readInTenant(deps.db, sight, (reader) => readAgencyRecord(reader, agencyId));
    if (!agency) throw refused('NOT_FOUND');
    return c.json(presentAgency(agency), 200);
  },
});
