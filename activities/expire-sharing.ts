import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { ActivityDeps } from './index.ts';
import { isOver } from './open-sharing.ts';
import { lockProject } from './project-assignment.ts';
import { lockSharing, noLinks, retireLinks, type SharingKey } from './share-link.ts';

/** Writes down that the end of the links has come; they open nothing since that moment, written down or not. Idempotent by state. */
export async function expireSharing({ db }: ActivityDeps, key: SharingKey): Promise<void> {
  const { agencyId, projectId } = key;
  await inTenant(db, agencyId, async (tx) => {
    const [, sharing] = await Promise.all([lockProject(tx, agencyId, projectId), lockSharing(tx, key)]);
    if (sharing?.state !== 'shared' || !isOver(sharing.expires_at)) return;
    await Promise.all([
      tx
        .updateTable('sharings')
        .set({ state: 'expired', ...noLinks })
        .where('agency_id', '=', agencyId)
        .where('project_id', '=', projectId)
        .execute(),
      retireLinks(tx, key),
      recordEvent(tx, { agencyId, projectId, clientId: sharing.client_id, actor: { kind: 'system', label: 'sharing' }, kind: 'sharing.expired' }),
    ]);
  });
}
