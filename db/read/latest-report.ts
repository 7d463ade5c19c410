import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import type { SharedReport } from '../../domain/report-document.ts';
import type { TenantReader } from '../tenant.ts';

/** What a client would be shown of a project, were it shared as it is. */
export interface LatestReport {
  clientId: ClientId | null;
  /** Null where there is none yet. */
  report: SharedReport | null;
}

/** The newest report of the agency's project, whether or not it may go out; undefined when the project is not the agency's. */
export async function readLatestReport(reader: TenantReader, agencyId: AgencyId, projectId: ProjectId): Promise<LatestReport | undefined> {
  const row = await reader
    .selectFrom('projects as project')
    .leftJoin('reports as report', (join) => join.onRef('report.agency_id', '=', 'project.agency_id').onRef('report.project_id', '=', 'project.id'))
    .where('project.agency_id', '=', agencyId)
    .where('project.id', '=', projectId)
    .select(['project.client_id', 'report.title', 'report.domain', 'report.risk_score', 'report.pages_scanned', 'report.findings', 'report.at'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { client_id: clientId, title, domain, risk_score: riskScore, pages_scanned: pagesScanned, findings, at } = row;
  const whole = title !== null && domain !== null && riskScore !== null && pagesScanned !== null && findings !== null && at !== null;
  return { clientId, report: whole ? { title, domain, riskScore, pagesScanned, findings, at } : null };
}
