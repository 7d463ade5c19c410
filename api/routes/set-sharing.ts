import { randomUUID } from 'node:crypto';
import { setSharingRequest } from '../../domain/sharing.ts';
import { shareReportWorkflowId } from '../../workflows/contract.ts';
import { permit } from '../auth/permit.ts';
import { findProject } from '../find-project.ts';
import { findSharing } from '../find-sharing.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { refuseBlocker } from '../refuse-blocker.ts';
import { refused } from '../refused.ts';
import { sharingSchema } from '../representations/sharing.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/projects/{projectId}/sharing',
  operationId: 'setSharing',
  tags: ['Sharing'],
  summary: "Share a project's report, or end its sharing",
  description:
    'Sharing verifies the status anew, makes links, looks at their page as an outsider would, and only then gives them. Shared already: the same links, with another end where one is given. What ended is never opened again: sharing once more makes other links.',
  middleware: permit('sharing.write'),
  request: { params: inProject, body: jsonBody(setSharingRequest) },
  responses: {
    200: jsonResponse('The sharing.', sharingSchema),
    ...bodyProblems(
      'AGENCY_ACCOUNT_REQUIRED',
      'NO_CLIENT_ACCOUNT',
      'CLIENT_ARCHIVED',
      'SCAN_NOT_COMPLETED',
      'REPORT_NOT_READY',
      'REPORT_PUBLICATION_BLOCKED',
      'AGENCY_PLAN_INELIGIBLE',
      'SHARE_EXPIRED',
      'VERSION_CONFLICT',
    ),
  },
});

/** `PUT /v1/agencies/{agencyId}/projects/{projectId}/sharing` */
export const setSharing = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps, canonical } = c.var;
    const { projectId } = c.req.valid('param');
    const { enabled, expiresAt } = c.req.valid('json');
    if (expiresAt && expiresAt <= new Date()) throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/expiresAt', message: 'must be in the future' }] });
    const { clientId } = await findProject(deps, sight, projectId);
    canonical.workflowId = shareReportWorkflowId(agencyId, projectId);
    const request = { agencyId, projectId, actor, requestId: randomUUID() };
    const end = expiresAt === undefined ? {} : { expiresAt: expiresAt?.toISOString() ?? null };
    const answer = enabled ? await deps.temporal.share({ ...request, ...(clientId && { clientId }), ...end }) : await deps.temporal.switchOffSharing(request);
    if (answer.outcome === 'refused') throw refuseBlocker(answer.blocker, { projectId });
    c.header('Cache-Control', 'no-store');
    return c.json(await findSharing(c.var, projectId), 200);
  },
});
