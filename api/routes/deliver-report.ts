import { randomUUID } from 'node:crypto';
import { deliverReportRequest } from '../../domain/project.ts';
import { commandWorkflowId } from '../../workflows/contract.ts';
import { permit } from '../auth/permit.ts';
import { findProject } from '../find-project.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { refuseStillToCome } from '../refuse-still-to-come.ts';
import { refused } from '../refused.ts';
import { presentProject, projectSchema } from '../representations/project.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/projects/{projectId}/report',
  operationId: 'deliverReport',
  tags: ['Delivery'],
  summary: 'Deliver a report',
  description:
    'The report badge follows from the gates. A report that is not newer than the one known changes nothing, and one of more than a day ahead is refused; a blocked one ends sharing.',
  middleware: permit('delivery.write'),
  request: { params: inProject, body: jsonBody(deliverReportRequest) },
  responses: { 200: jsonResponse('The project.', projectSchema), ...bodyProblems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `PUT /v1/agencies/{agencyId}/projects/{projectId}/report` */
export const deliverReport = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps, canonical } = c.var;
    const { projectId } = c.req.valid('param');
    const { at, ...report } = c.req.valid('json');
    refuseStillToCome(at);
    await findProject(deps, sight, projectId);
    const workflowId = commandWorkflowId('deliver-report', agencyId, randomUUID());
    canonical.workflowId = workflowId;
    const input = { agencyId, projectId, actor, ...report, at: at.toISOString() };
    const delivered = await deps.temporal.execute('deliverReport', { workflowId, input, summary: `Report of ${report.domain}` });
    if (delivered.outcome === 'refused') throw refused(delivered.code);
    return c.json(presentProject(await findProject(deps, sight, projectId), c.var), 200);
  },
});
