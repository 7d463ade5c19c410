import type { AgencyId, ProjectId } from '../../domain/ids.ts';
import type { RecordedSharingState } from '../../domain/sharing.ts';
import type { TenantReader } from '../tenant.ts';

/** The tokens that links are made of, encrypted. */
export interface SealedLinks {
  token: Buffer;
  portalToken: Buffer;
}

/** A project's sharing as its agency sees it. */
export interface SharingRecord {
  state: RecordedSharingState;
  expiresAt: Date | null;
  views: number;
  lastViewedAt: Date | null;
  /** Null where there are no links. */
  sealed: SealedLinks | null;
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
  return {
    state: row.state ?? 'private',
    expiresAt: row.expires_at,
    views: row.views ?? 0,
    lastViewedAt: row.last_viewed_at,
    sealed: sealedLinks(row),
  };
}

export function sealedLinks(row: { sealed_token: Buffer | null; sealed_portal_token: Buffer | null }): SealedLinks | null {
  const { sealed_token: token, sealed_portal_token: portalToken } = row;
  return token && portalToken && { token, portalToken };
}
