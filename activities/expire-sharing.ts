import { recordEvent } from '../db/record-event.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
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
    await expireLinks(tx, key, sharing);
  });
}

/** In the transaction of whoever finds that their end has come, behind the locks of project and sharing. Links that were never given are none that ended. */
export async function expireLinks(
  tx: TenantTransaction,
  { agencyId, projectId }: SharingKey,
  sharing: { client_id: ClientId; shared_at: Date | null },
): Promise<void> {
  const wereGiven = sharing.shared_at !== null;
  await Promise.all([
    tx
      .updateTable('sharings')
      .set({ state: wereGiven ? 'expired' : 'private', ...noLinks })
      .where('agency_id', '=', agencyId)
      .where('project_id', '=', projectId)
      .execute(),
    retireLinks(tx, { agencyId, projectId }),
    wereGiven && recordEvent(tx, { agencyId, projectId, clientId: sharing.client_id, actor: { kind: 'system', label: 'sharing' }, kind: 'sharing.expired' }),
  ]);
}
