import { listProjects as listProjectRecords } from '../../db/read/list-projects.ts';
import { readInTenant } from '../../db/tenant.ts';
import type { ClientId } from '../../domain/ids.ts';
import { permit } from '../auth/permit.ts';
import { flag, nextCursor, pageQuery, pageRequest, searchText } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { presentProject, projectSchema } from '../representations/project.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/projects',
  operationId: 'listProjects',
  tags: ['Projects'],
  summary: 'List projects, newest first',
  middleware: permit('clients.read'),
  request: {
    params: inAgency,
    query: z.object({ ...pageQuery, assigned: flag.optional(), clientId: z.uuid().optional(), query: searchText.optional() }),
  },
  responses: {
    200: jsonResponse('A page of projects.', z.object({ items: z.array(projectSchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/projects` */
export const listProjects = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { assigned, clientId, query, ...page } = c.req.valid('query');
    const filter = { assigned, clientId: clientId as ClientId | undefined, query };
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listProjectRecords(reader, agencyId, filter, pageRequest(page)));
    return c.json({ items: items.map(presentProject), nextCursor: nextCursor(next) }, 200);
  },
});
