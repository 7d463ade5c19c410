import { randomUUID } from 'node:crypto';
import { onboardingWaitingForProject } from '../../db/read/onboarding-waiting-for-project.ts';
import { readInTenant } from '../../db/tenant.ts';
import type { Actor } from '../../domain/actor.ts';
import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import { assignProjectRequest } from '../../domain/project.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import { commandWorkflowId } from '../../workflows/contract.ts';
import { permit } from '../auth/permit.ts';
import { assertClientInSight } from '../client-in-sight.ts';
import type { Deps } from '../environment.ts';
import { findProject, projectInSight } from '../find-project.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { presentProject, projectSchema } from '../representations/project.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/projects/{projectId}/client',
  operationId: 'assignProject',
  tags: ['Projects'],
  summary: 'Assign, move or unassign a project',
  description: 'An onboarding of the client that waits for a project goes on with this one. Moving a project away from a client ends its sharing.',
  middleware: permit('projects.write'),
  request: { params: inProject, body: jsonBody(assignProjectRequest) },
  responses: {
    200: jsonResponse('The project.', projectSchema),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'PROJECT_BELONGS_TO_ANOTHER_AGENCY', 'CLIENT_ARCHIVED'),
  },
});

interface Assignment {
  agencyId: AgencyId;
  projectId: ProjectId;
  clientId: ClientId | null;
  actor: Actor;
}

/** `PUT /v1/agencies/{agencyId}/projects/{projectId}/client` */
export const assignProject = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps } = c.var;
    const { projectId } = c.req.valid('param');
    const clientId = c.req.valid('json').clientId as ClientId | null;
    assertClientInSight(sight, clientId);
    if (sight.clientIds && !(await projectInSight(deps, sight, projectId))) throw refused('PROJECT_BELONGS_TO_ANOTHER_AGENCY');
    const refusal = await assign(deps, { agencyId, projectId, clientId, actor });
    if (refusal) throw refused(refusal, { about: { clientId } });
    return c.json(presentProject(await findProject(deps, sight, projectId), c.var), 200);
  },
});

/** Through the onboarding that waits for it where there is one, so that it is seen to go on; by a command of its own otherwise. */
async function assign(deps: Deps, assignment: Assignment): Promise<RefusalCode | undefined> {
  const { agencyId, projectId, clientId, actor } = assignment;
  const waiting = clientId && (await readInTenant(deps.db, { agencyId }, (reader) => onboardingWaitingForProject(reader, agencyId, clientId)));
  const offered = waiting ? await deps.temporal.offerProject(waiting, { projectId, actor }) : undefined;
  if (offered) return offered.outcome === 'refused' ? offered.code : undefined;
  const workflowId = commandWorkflowId('assign-project', agencyId, randomUUID());
  const summary = clientId ? 'Assign a project to a client' : 'Unassign a project';
  const moved = await deps.temporal.execute('assignProject', { workflowId, input: assignment, summary });
  return moved.outcome === 'refused' ? moved.code : undefined;
}
