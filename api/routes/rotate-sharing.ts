import { shareReportWorkflowId } from '../../workflows/contract.ts';
import { permit } from '../auth/permit.ts';
import { findProject } from '../find-project.ts';
import { findSharing } from '../find-sharing.ts';
import { answerOnce, idempotencyKey } from '../idempotency.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { refuseBlocker } from '../refuse-blocker.ts';
import { sharingSchema } from '../representations/sharing.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/projects/{projectId}/sharing/rotate',
  operationId: 'rotateSharing',
  tags: ['Sharing'],
  summary: 'Other links; the old ones are gone',
  description:
    'For links that went astray: all four are replaced, the old ones answer 410 at once. The end stays. Refused with `SHARE_EXPIRED` where nothing is shared.',
  middleware: permit('sharing.write'),
  request: { params: inProject, headers: z.object({ 'idempotency-key': z.string().optional() }) },
  responses: {
    200: jsonResponse('The sharing, with its new links.', sharingSchema),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'SHARE_EXPIRED', 'VERSION_CONFLICT', 'IDEMPOTENCY_KEY_REUSED', 'VALIDATION_FAILED'),
  },
});

/** `POST /v1/agencies/{agencyId}/projects/{projectId}/sharing/rotate` */
export const rotateSharing = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps, canonical } = c.var;
    const { projectId } = c.req.valid('param');
    await findProject(deps, sight, projectId);
    canonical.workflowId = shareReportWorkflowId(agencyId, projectId);
    const response = await answerOnce(c, { accountId: agencyId, key: idempotencyKey(c), request: null }, async ({ idOf }) => {
      const answer = await deps.temporal.rotateSharing({ agencyId, projectId, actor, requestId: idOf('rotate-sharing') });
      if (answer.outcome === 'refused') throw refuseBlocker(answer.blocker, { projectId });
      return { status: 200, body: await findSharing(c.var, projectId), headers: { 'Cache-Control': 'no-store' } };
    });
    return response as never;
  },
});
