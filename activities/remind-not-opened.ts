import { sql } from 'kysely';
import { queueMail } from '../db/queue-mail.ts';
import { recordEvent } from '../db/record-event.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
import { reportNotOpenedMail } from '../mail/report-not-opened.ts';
import { findOwners } from './find-owners.ts';
import type { ActivityDeps } from './index.ts';
import { lockSharing, type SharingKey } from './share-link.ts';

/** Reminds the agency, by mail and in its history, that nobody has opened the links it gave. Once for each time they are given. */
export async function remindNotOpened({ db, secrets, publicUrl }: ActivityDeps, key: SharingKey): Promise<void> {
  const { agencyId, projectId } = key;
  await inTenant(db, agencyId, async (tx) => {
    const sharing = await lockSharing(tx, key);
    if (sharing?.state !== 'shared' || !sharing.shared_at || sharing.reminded_at) return;
    const { client_id: clientId, shared_at: sharedAt } = sharing;
    if (await isOpened(tx, key, clientId, sharedAt)) return;
    const [owners, client] = await Promise.all([
      findOwners(tx, agencyId),
      tx.selectFrom('clients').select('name').where('agency_id', '=', agencyId).where('id', '=', clientId).executeTakeFirstOrThrow(),
    ]);
    const url = `${publicUrl}/clients/${clientId}`;
    await Promise.all([
      ...owners.map(({ email, name }) => queueMail(tx, secrets, reportNotOpenedMail({ to: email, name, client: client.name, sharedAt, url }))),
      tx.updateTable('sharings').set({ reminded_at: sql<Date>`now()` }).where('agency_id', '=', agencyId).where('project_id', '=', projectId).execute(),
      recordEvent(tx, {
        agencyId,
        projectId,
        clientId,
        actor: { kind: 'system', label: 'sharing' },
        kind: 'sharing.not_opened',
        after: { sharedAt: sharedAt.toISOString() },
      }),
    ]);
  });
}

async function isOpened(tx: TenantTransaction, { agencyId, projectId }: SharingKey, clientId: ClientId, since: Date): Promise<boolean> {
  const opened = await tx
    .selectFrom('share_views')
    .select('views')
    .where('agency_id', '=', agencyId)
    .where('project_id', '=', projectId)
    .where('client_id', '=', clientId)
    .where('last_viewed_at', '>=', since)
    .executeTakeFirst();
  return opened !== undefined;
}
