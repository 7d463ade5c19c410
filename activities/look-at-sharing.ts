import { inTenant } from '../db/tenant.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import type { ActivityDeps } from './index.ts';
import { linksGivenAt, type SharingKey } from './share-link.ts';

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
      .leftJoin('share_tokens as link', (join) => join.onRef('link.agency_id', '=', 'sharing.agency_id').onRef('link.hash', '=', 'sharing.token_hash'))
      .where('sharing.agency_id', '=', agencyId)
      .where('sharing.project_id', '=', projectId)
      .select(['sharing.state', 'sharing.expires_at', 'sharing.shared_at', 'sharing.reminded_at', 'viewed.last_viewed_at'])
      .select('link.created_at as made_at')
      .executeTakeFirst(),
  );
  if (!row) return { state: 'private', expiresAtMs: null, unopenedSinceMs: null };
  const { shared_at: sharedAt, made_at: madeAt, last_viewed_at: lastViewedAt } = row;
  const givenAt = sharedAt && linksGivenAt(sharedAt, madeAt);
  const unopened = givenAt !== null && row.reminded_at === null && (lastViewedAt === null || lastViewedAt < givenAt);
  return {
    state: row.state,
    expiresAtMs: row.expires_at?.getTime() ?? null,
    unopenedSinceMs: unopened ? givenAt.getTime() : null,
    sharedAtMs: sharedAt?.getTime() ?? null,
  };
}
