import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { ActivityDeps } from './index.ts';
import { lockSharing, type SharingKey } from './share-link.ts';

/** Reminds the agency, in its history, that nobody has opened the links it gave. Once for each time they are given. */
export async function remindNotOpened({ db }: ActivityDeps, key: SharingKey): Promise<void> {
  const { agencyId, projectId } = key;
  await inTenant(db, agencyId, async (tx) => {
    const sharing = await lockSharing(tx, key);
    if (sharing?.state !== 'shared' || !sharing.shared_at || sharing.reminded_at) return;
    const opened = await tx
      .selectFrom('share_views')
      .select('views')
      .where('agency_id', '=', agencyId)
      .where('project_id', '=', projectId)
      .where('client_id', '=', sharing.client_id)
      .where('last_viewed_at', '>=', sharing.shared_at)
      .executeTakeFirst();
    if (opened) return;
    await Promise.all([
      tx.updateTable('sharings').set({ reminded_at: sql<Date>`now()` }).where('agency_id', '=', agencyId).where('project_id', '=', projectId).execute(),
      recordEvent(tx, {
        agencyId,
        projectId,
        clientId: sharing.client_id,
        actor: { kind: 'system', label: 'sharing' },
        kind: 'sharing.not_opened',
        after: { sharedAt: sharing.shared_at.toISOString() },
      }),
    ]);
  });
}
