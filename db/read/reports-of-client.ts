import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import type { Finding, Gates } from '../../domain/report.ts';
import type { TenantReader } from '../tenant.ts';

/** The latest report of a project, whole. */
export interface ReportRecord {
  projectId: ProjectId;
  title: string;
  domain: string;
  riskScore: number;
  pagesScanned: number;
  gates: Gates;
  findings: Finding[];
  at: Date;
}

/** The reports of a client's projects, oldest project first. */
export async function reportsOfClient(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<ReportRecord[]> {
  const rows = await reader
    .selectFrom('projects as project')
    .innerJoin('reports as report', (join) => join.onRef('report.agency_id', '=', 'project.agency_id').onRef('report.project_id', '=', 'project.id'))
    .where('project.agency_id', '=', agencyId)
    .where('project.client_id', '=', clientId)
    .select(['report.project_id', 'report.title', 'report.domain', 'report.risk_score', 'report.pages_scanned', 'report.gates', 'report.findings', 'report.at'])
    .orderBy('project.created_at')
    .orderBy('project.id')
    .execute();
  return rows.map(({ project_id, risk_score, pages_scanned, ...row }) => ({
    ...row,
    projectId: project_id,
    riskScore: risk_score,
    pagesScanned: pages_scanned,
  }));
}
