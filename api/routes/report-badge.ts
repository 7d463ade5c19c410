import { waitingOnboardings } from '../../db/read/waiting-onboardings.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import type { Actor } from '../../domain/actor.ts';
import { badgeValues, type ReportedBadgeFamily, reportedBadgeFamilies } from '../../domain/badge.ts';
import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import { isBadgeValue, reportBadgeRequest } from '../../domain/project.ts';
import { permit } from '../auth/permit.ts';
import type { Deps } from '../environment.ts';
import { findProject } from '../find-project.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { refuseStillToCome } from '../refuse-still-to-come.ts';
import { refused } from '../refused.ts';
import { presentProject, projectSchema } from '../representations/project.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/projects/{projectId}/badges/{family}',
  operationId: 'reportBadge',
  tags: ['Delivery'],
  summary: 'Report a scan, fix, handoff or monitoring badge',
  description:
    'An event that is not newer than what is known changes nothing, and one of more than a day ahead is refused. The report badge follows from the report and cannot be set.',
  middleware: permit('delivery.write'),
  request: { params: inProject.extend({ family: z.enum(reportedBadgeFamilies) }), body: jsonBody(reportBadgeRequest) },
  responses: { 200: jsonResponse('The project.', projectSchema), ...bodyProblems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `PUT /v1/agencies/{agencyId}/projects/{projectId}/badges/{family}` */
export const reportBadge = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps } = c.var;
    const { projectId, family } = c.req.valid('param');
    const { value, reason, at } = c.req.valid('json');
    refuseStillToCome(at);
    if (!isBadgeValue(family, value)) {
      throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/value', message: `must be one of ${badgeValues[family].join(', ')}` }] });
    }
    const { clientId } = await findProject(deps, sight, projectId);
    await keepBadge(deps, { agencyId, projectId, clientId, family, value, reason: reason ?? null, at, actor });
    return c.json(presentProject(await findProject(deps, sight, projectId), c.var), 200);
  },
});

interface ReportedBadge {
  agencyId: AgencyId;
  projectId: ProjectId;
  clientId: ClientId | null;
  family: ReportedBadgeFamily;
  value: string;
  reason: string | null;
  at: Date;
  actor: Actor;
}

async function keepBadge({ db, temporal }: Deps, { agencyId, projectId, clientId, family, actor, ...badge }: ReportedBadge): Promise<void> {
  const waiting = await inTenant(db, agencyId, async (tx) => {
    const { origin: _, ...source } = actor;
    const content = { ...badge, source: JSON.stringify(source) };
    const kept = await tx
      .insertInto('badges')
      .values({ agency_id: agencyId, project_id: projectId, family, ...content })
      .onConflict((conflict) => conflict.columns(['agency_id', 'project_id', 'family']).doUpdateSet(content).where('badges.at', '<', badge.at))
      .returning('at')
      .executeTakeFirst();
    if (!kept) return [];
    await recordEvent(tx, { agencyId, projectId, clientId, actor, kind: 'badge.reported', after: { family, ...badge } });
    return clientId ? waitingOnboardings(reading(tx), agencyId, { clientIds: [clientId] }) : [];
  });
  temporal.recheck(waiting, `${family} is ${badge.value}`);
}
