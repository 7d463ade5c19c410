import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** A client's portal as its link shows it. */
export interface OpenedPortal {
  agencyId: AgencyId;
  clientId: ClientId;
  /** What is shared with the client, newest first. */
  reports: { title: string; domain: string; at: Date; sealedToken: Buffer }[];
}

/**
 * What the portal's link with this hash opens: `ended` for one that was retired or is past its time, undefined for one that never was.
 * Needs the sight of `presentedTokenHash`, which shows no more than this.
 */
export async function readClientPortal(reader: TenantReader, tokenHash: Buffer): Promise<OpenedPortal | 'ended' | undefined> {
  const rows = await reader
    .selectFrom('share_tokens as token')
    .leftJoin('sharings as sharing', (join) =>
      join.onRef('sharing.agency_id', '=', 'token.agency_id').onRef('sharing.client_id', '=', 'token.client_id').on('sharing.token_hash', 'is not', null),
    )
    .leftJoin('verified_reports as report', (join) =>
      join.onRef('report.agency_id', '=', 'sharing.agency_id').onRef('report.project_id', '=', 'sharing.project_id'),
    )
    .where('token.hash', '=', tokenHash)
    .where('token.kind', '=', 'portal')
    .select(['token.agency_id', 'token.client_id', 'sharing.sealed_token', 'report.title', 'report.domain', 'report.at'])
    .orderBy('report.at', 'desc')
    .orderBy('report.project_id')
    .execute();
  const [first] = rows;
  if (!first) return undefined;
  const reports = rows.flatMap(({ title, domain, at, sealed_token: sealedToken }) =>
    title !== null && domain !== null && at !== null && sealedToken !== null ? [{ title, domain, at, sealedToken }] : [],
  );
  return reports.length > 0 ? { agencyId: first.agency_id, clientId: first.client_id, reports } : 'ended';
}
