import { sql } from 'kysely';
import { inTenant } from '../db/tenant.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import type { ActivityDeps } from './index.ts';
import type { SharingKey } from './share-link.ts';

export interface SharingStanding {
  state: RecordedSharingState;
  /** When its links end, in ms since the epoch. */
  expiresAtMs: number | null;
  /** Since when nobody has opened them, in ms since the epoch; null once somebody has, or the agency was reminded. */
  unopenedSinceMs: number | null;
  /** Since when there were links to give, in ms since the epoch; what an earlier release answered does not say. */
  sharedAtMs?: number | null;
}

/** How a project's sharing stands. */
export async function lookAtSharing({ db }: ActivityDeps, { agencyId, projectId }: SharingKey): Promise<SharingStanding> {
  const row = await inTenant(db, agencyId, (tx) =>
    tx
      .selectFrom('sharings as sharing')
      .leftJoin('share_views as viewed', (join) =>
        join
          .onRef('viewed.agency_id', '=', 'sharing.agency_id')
          .onRef('viewed.project_id', '=', 'sharing.project_id')
          .onRef('viewed.client_id', '=', 'sharing.client_id'),
      )
      .where('sharing.agency_id', '=', agencyId)
      .where('sharing.project_id', '=', projectId)
      .select(['sharing.state', 'sharing.expires_at', 'sharing.shared_at', 'sharing.reminded_at'])
      .select(sql<boolean>`coalesce(viewed.last_viewed_at >= sharing.shared_at, false)`.as('opened'))
      .executeTakeFirst(),
  );
  if (!row) return { state: 'private', expiresAtMs: null, unopenedSinceMs: null };
  const unopened = !row.opened && row.reminded_at === null;
  const sharedAtMs = row.shared_at?.getTime() ?? null;
  return { state: row.state, expiresAtMs: row.expires_at?.getTime() ?? null, unopenedSinceMs: unopened ? sharedAtMs : null, sharedAtMs };
}
