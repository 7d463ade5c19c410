import { permit } from '../auth/permit.ts';
import { findProject } from '../find-project.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { presentReadiness, readinessSchema } from '../representations/project.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/projects/{projectId}/readiness',
  operationId: 'readReadiness',
  tags: ['Projects'],
  summary: 'Verify status, now',
  middleware: permit('clients.read'),
  request: { params: inProject },
  responses: { 200: jsonResponse('May the report be shared, and if not, what blocks it.', readinessSchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}/projects/{projectId}/readiness` */
export const readReadiness = operation({
  route,
  handler: async (c) => c.json(presentReadiness(await findProject(c.var.deps, c.var.sight, c.req.valid('param').projectId)), 200),
});
