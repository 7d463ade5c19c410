import { permit } from '../auth/permit.ts';
import { findProject } from '../find-project.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { presentProject, projectSchema } from '../representations/project.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/projects/{projectId}',
  operationId: 'readProject',
  tags: ['Projects'],
  summary: 'Read a project',
  middleware: permit('clients.read'),
  request: { params: inProject },
  responses: { 200: jsonResponse('The project.', projectSchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}/projects/{projectId}` */
export const readProject = operation({
  route,
  handler: async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(presentProject(await findProject(c.var.deps, c.var.sight, c.req.valid('param').projectId), c.var), 200);
  },
});
