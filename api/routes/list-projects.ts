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
  description: 'Each with its badges, its readiness and its sharing; the links of those that are shared are there for whoever may share.',
  middleware: permit('clients.read'),
  request: {
    params: inAgency,
    query: z.object({
      ...pageQuery,
      assigned: flag.optional(),
      clientId: z.uuid().optional(),
      blocked: flag.optional().openapi({ description: 'Those that are not shared and may not be now; `false`: the others.' }),
      query: searchText.optional(),
    }),
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
    const { assigned, clientId, blocked, query, ...page } = c.req.valid('query');
    const filter = { assigned, clientId: clientId as ClientId | undefined, blocked, query };
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listProjectRecords(reader, agencyId, filter, pageRequest(page)));
    c.header('Cache-Control', 'no-store');
    return c.json({ items: items.map((project) => presentProject(project, c.var)), nextCursor: nextCursor(next) }, 200);
  },
});
