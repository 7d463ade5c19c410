import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import { noLinks, retireLinks, type SharingKey } from './share-link.ts';

/** What ends a sharing, as its event tells it. */
export type SharingEndCause = 'project.moved' | 'project.unassigned' | 'project.assigned' | 'report.blocked' | 'switched_off' | 'check_failed';

export interface SharingEnd extends SharingKey {
  actor: Actor;
  because: SharingEndCause;
}

/**
 * Switches a project's sharing off and retires its links in the transaction of what ends it, so that an old link never opens what comes after.
 * Call it behind the project's lock. Returns the workflows that are to be told.
 */
export async function endSharing(tx: TenantTransaction, { agencyId, projectId, actor, because }: SharingEnd): Promise<string[]> {
  const [ended] = await Promise.all([
    tx
      .updateTable('sharings')
      // Links that were never given are none that ended.
      .set({ state: sql<RecordedSharingState>`case when shared_at is null and state = 'checking' then 'private' else 'disabled' end`, ...noLinks })
      .where('agency_id', '=', agencyId)
      .where('project_id', '=', projectId)
      .where('state', 'in', ['checking', 'shared'])
      .returning(['client_id', 'state', 'workflow_id'])
      .executeTakeFirst(),
    retireLinks(tx, { agencyId, projectId }),
  ]);
  if (!ended) return [];
  if (ended.state === 'disabled') await recordEvent(tx, { agencyId, projectId, clientId: ended.client_id, actor, kind: 'sharing.ended', after: { because } });
  return ended.workflow_id ? [ended.workflow_id] : [];
}
