import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import type { SharedReport } from '../../domain/report-document.ts';
import type { TenantReader } from '../tenant.ts';

/** A report as its link shows it, and whose it is. */
export interface OpenedReport {
  agencyId: AgencyId;
  projectId: ProjectId;
  clientId: ClientId;
  /** Its page is looked at before anybody is given the link. */
  checking: boolean;
  /** When the link ends. */
  expiresAt: Date | null;
  report: SharedReport;
}

/**
 * What the report's link with this hash opens: `ended` for one that was retired or is past its time, undefined for one that never was.
 * Needs the sight of `presentedTokenHash`, which shows no more than this.
 */
export async function readSharedReport(reader: TenantReader, tokenHash: Buffer): Promise<OpenedReport | 'ended' | undefined> {
  const row = await reader
    .selectFrom('share_tokens as token')
    .leftJoin('sharings as sharing', (join) =>
      join
        .onRef('sharing.agency_id', '=', 'token.agency_id')
        .onRef('sharing.project_id', '=', 'token.project_id')
        .onRef('sharing.client_id', '=', 'token.client_id')
        .onRef('sharing.token_hash', '=', 'token.hash'),
    )
    .leftJoin('verified_reports as report', (join) =>
      join.onRef('report.agency_id', '=', 'sharing.agency_id').onRef('report.project_id', '=', 'sharing.project_id'),
    )
    .where('token.hash', '=', tokenHash)
    .where('token.kind', '=', 'report')
    .select([
      'token.agency_id',
      'token.project_id',
      'token.client_id',
      'token.expires_at',
      'sharing.state',
      'report.title',
      'report.domain',
      'report.risk_score',
      'report.pages_scanned',
      'report.findings',
      'report.at',
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { title, domain, risk_score: riskScore, pages_scanned: pagesScanned, findings, at } = row;
  if (title === null || domain === null || riskScore === null || pagesScanned === null || findings === null || at === null) return 'ended';
  return {
    agencyId: row.agency_id,
    projectId: row.project_id,
    clientId: row.client_id,
    checking: row.state === 'checking',
    expiresAt: row.expires_at,
    report: { title, domain, riskScore, pagesScanned, findings, at },
  };
}
