import { type Insertable, type Kysely, sql } from 'kysely';
import { waitingOnboardings } from '../db/read/waiting-onboardings.ts';
import { recordEvent } from '../db/record-event.ts';
import type { Database, VerifiedReportTable } from '../db/schema.ts';
import { inTenant, reading, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ProjectId } from '../domain/ids.ts';
import { type Finding, type Gates, reportBadge } from '../domain/report.ts';
import { endSharing } from './end-sharing.ts';
import { lockProject } from './project-assignment.ts';

export interface DeliverReportInput {
  agencyId: AgencyId;
  projectId: ProjectId;
  actor: Actor;
  title: string;
  domain: string;
  riskScore: number;
  pagesScanned: number;
  findings: Finding[];
  gates: Gates;
  /** RFC 3339; a report older than the one known is left aside. */
  at: string;
}

export type DeliverReportResult = { outcome: 'delivered'; waitingWorkflowIds: string[] } | { outcome: 'unchanged' } | { outcome: 'refused'; code: 'NOT_FOUND' };

/**
 * The project's latest report. One that is blocked ends the project's sharing in the same transaction; one that lacks something leaves shared what
 * was verified before it. Idempotent by the report's time.
 */
export async function deliverReport(db: Kysely<Database>, input: DeliverReportInput): Promise<DeliverReportResult> {
  const { agencyId, projectId, actor, at } = input;
  return inTenant(db, agencyId, async (tx) => {
    const project = await lockProject(tx, agencyId, projectId);
    if (!project) return { outcome: 'refused', code: 'NOT_FOUND' };
    const content = {
      title: input.title,
      domain: input.domain,
      risk_score: input.riskScore,
      pages_scanned: input.pagesScanned,
      findings: JSON.stringify(input.findings),
      gates: JSON.stringify(input.gates),
      at,
    };
    const delivered = await tx
      .insertInto('reports')
      .values({ agency_id: agencyId, project_id: projectId, ...content })
      .onConflict((conflict) =>
        conflict
          .columns(['agency_id', 'project_id'])
          .doUpdateSet({ ...content, received_at: sql<Date>`now()` })
          .where('reports.at', '<', new Date(at)),
      )
      .returning('at')
      .executeTakeFirst();
    if (!delivered) return { outcome: 'unchanged' };
    const { value } = reportBadge({ gates: input.gates, at: new Date(at) }, false);
    const { gates: _, ...shown } = content;
    const [ended] = await Promise.all([
      value === 'publication_blocked' ? endSharing(tx, { agencyId, projectId, actor, because: 'report.blocked' }) : [],
      value === 'ready_for_publish' && keepVerified(tx, { agency_id: agencyId, project_id: projectId, ...shown }),
      recordEvent(tx, { agencyId, projectId, clientId: project.client_id, actor, kind: 'report.delivered', after: { title: input.title, badge: value, at } }),
    ]);
    const waitingWorkflowIds = project.client_id ? await waitingOnboardings(reading(tx), agencyId, { clientIds: [project.client_id] }) : [];
    return { outcome: 'delivered', waitingWorkflowIds: [...waitingWorkflowIds, ...ended] };
  });
}

/** What clients are shown is a report that has passed every gate, and goes on to be until the next one has. */
async function keepVerified(tx: TenantTransaction, report: Insertable<VerifiedReportTable>) {
  await tx
    .insertInto('verified_reports')
    .values(report)
    .onConflict((conflict) => conflict.columns(['agency_id', 'project_id']).doUpdateSet(report))
    .execute();
}
