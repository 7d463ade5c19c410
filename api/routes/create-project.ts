import type { ClientId, ProjectId } from '../../domain/ids.ts';
import { createProjectRequest } from '../../domain/project.ts';
import { commandWorkflowId } from '../../workflows/contract.ts';
import { permit } from '../auth/permit.ts';
import { assertClientInSight } from '../client-in-sight.ts';
import { findProject } from '../find-project.ts';
import { answerOnce, idempotencyKey } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { presentProject, projectSchema } from '../representations/project.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/projects',
  operationId: 'createProject',
  tags: ['Projects'],
  summary: 'Create a project, unassigned or under a client',
  middleware: permit('projects.write'),
  request: { params: inAgency, headers: z.object({ 'idempotency-key': z.string().optional() }), body: jsonBody(createProjectRequest) },
  responses: {
    201: jsonResponse('The project.', projectSchema),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'CLIENT_ARCHIVED', 'IDEMPOTENCY_KEY_REUSED'),
  },
});

/** `POST /v1/agencies/{agencyId}/projects` */
export const createProject = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps, canonical } = c.var;
    const request = c.req.valid('json');
    const clientId = (request.clientId ?? null) as ClientId | null;
    assertClientInSight(sight, clientId);
    const response = await answerOnce(c, { accountId: agencyId, key: idempotencyKey(c), request }, async ({ idOf, fingerprint }) => {
      const projectId = idOf<ProjectId>('project');
      const workflowId = commandWorkflowId('create-project', agencyId, projectId);
      canonical.workflowId = workflowId;
      const input = { agencyId, projectId, actor, name: request.name, domain: request.domain, clientId };
      const created = await deps.temporal.execute('createProject', { workflowId, input, summary: `Create project ${request.domain}`, fingerprint });
      if (created.outcome === 'refused') throw refused(created.code, { about: { clientId } });
      return {
        status: 201,
        body: presentProject(await findProject(deps, sight, projectId), c.var),
        headers: { Location: `/v1/agencies/${agencyId}/projects/${projectId}` },
        ...(clientId && { about: clientId }),
      };
    });
    return response as never;
  },
});
