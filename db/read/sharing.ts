import type { AgencyId, ProjectId } from '../../domain/ids.ts';
import type { RecordedSharingState } from '../../domain/sharing.ts';
import type { TenantReader } from '../tenant.ts';

/** A project's sharing as its agency sees it. */
export interface SharingRecord {
  state: RecordedSharingState;
  expiresAt: Date | null;
  views: number;
  lastViewedAt: Date | null;
  /** Encrypted; null where there are no links. */
  sealed: { token: Buffer; portalToken: Buffer } | null;
}

/** The project's sharing; private where it was never shared, undefined when the project is not the agency's. */
export async function readSharing(reader: TenantReader, agencyId: AgencyId, projectId: ProjectId): Promise<SharingRecord | undefined> {
  const row = await reader
    .selectFrom('projects as project')
    .leftJoin('sharings as sharing', (join) => join.onRef('sharing.agency_id', '=', 'project.agency_id').onRef('sharing.project_id', '=', 'project.id'))
    .leftJoin('share_views as viewed', (join) =>
      join
        .onRef('viewed.agency_id', '=', 'sharing.agency_id')
        .onRef('viewed.project_id', '=', 'sharing.project_id')
        .onRef('viewed.client_id', '=', 'sharing.client_id'),
    )
    .where('project.agency_id', '=', agencyId)
    .where('project.id', '=', projectId)
    .select(['sharing.state', 'sharing.expires_at', 'sharing.sealed_token', 'sharing.sealed_portal_token', 'viewed.views', 'viewed.last_viewed_at'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { sealed_token: token, sealed_portal_token: portalToken } = row;
  return {
    state: row.state ?? 'private',
    expiresAt: row.expires_at,
    views: row.views ?? 0,
    lastViewedAt: row.last_viewed_at,
    sealed: token && portalToken && { token, portalToken },
  };
}
