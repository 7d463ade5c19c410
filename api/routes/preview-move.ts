import { readClient } from '../../db/read/client.ts';
import { projectsOfClient } from '../../db/read/projects-of-client.ts';
import { unfinishedOnboardings } from '../../db/read/unfinished-onboardings.ts';
import { readInTenant, type TenantSight } from '../../db/tenant.ts';
import type { ClientId } from '../../domain/ids.ts';
import { type MoveFacts, planMove, refuseMove } from '../../domain/project-move.ts';
import { permit } from '../auth/permit.ts';
import { assertClientInSight } from '../client-in-sight.ts';
import type { Deps } from '../environment.ts';
import { findProject } from '../find-project.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { movePreviewSchema, presentMovePlan } from '../representations/move-preview.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/projects/{projectId}/move-preview',
  operationId: 'previewMove',
  tags: ['Projects'],
  summary: 'What assigning, moving or unassigning a project would do',
  description: 'Which links die, which onboardings change and how the project stands behind it. Changes nothing; refused where the move would be.',
  middleware: permit('projects.write'),
  request: {
    params: inProject,
    query: z.object({
      clientId: z.uuid().toLowerCase().optional().openapi({ type: 'string', format: 'uuid', description: 'Who gets it; left out: nobody.' }),
    }),
  },
  responses: { 200: jsonResponse('What would happen.', movePreviewSchema), ...problems('AGENCY_ACCOUNT_REQUIRED', 'CLIENT_ARCHIVED', 'VALIDATION_FAILED') },
});

/** `GET /v1/agencies/{agencyId}/projects/{projectId}/move-preview` */
export const previewMove = operation({
  route,
  handler: async (c) => {
    const { sight, deps } = c.var;
    const to = (c.req.valid('query').clientId ?? null) as ClientId | null;
    assertClientInSight(sight, to);
    const project = await findProject(deps, sight, c.req.valid('param').projectId);
    const facts = { project: { ...project, isShared: project.sharing.state === 'shared' }, to };
    const plan = planMove({ ...facts, ...(await readSurroundings(deps, sight, facts)) }, new Date());
    return c.json(presentMovePlan(project, to, plan), 200);
  },
});

/** What else the move touches. Refuses with `NOT_FOUND` or `CLIENT_ARCHIVED` where the client may get no project. */
async function readSurroundings({ db }: Deps, sight: TenantSight, { project, to }: Pick<MoveFacts, 'project' | 'to'>) {
  const { agencyId } = sight;
  const from = project.clientId;
  return readInTenant(db, sight, async (reader) => {
    const clientIds = [from, to].filter((id) => id !== null);
    const [client, onboardings, ofLoser] = await Promise.all([
      to && readClient(reader, agencyId, to),
      clientIds.length > 0 ? unfinishedOnboardings(reader, agencyId, clientIds) : [],
      from ? projectsOfClient(reader, agencyId, from) : [],
    ]);
    const refusal = to === null ? null : refuseMove(client?.state ?? null);
    if (refusal) throw refused(refusal, { about: { clientId: to } });
    return { onboardings, next: ofLoser.find(({ id }) => id !== project.id) ?? null };
  });
}
