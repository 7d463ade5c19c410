import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
import { reportNotOpenedMail } from '../mail/report-not-opened.ts';
import { linksGivenAt, lockSharing, type SharingKey } from './share-link.ts';
import { type TellingDeps, tellPeople } from './tell-people.ts';

/** Reminds the agency's people, by mail and in its history, that nobody has opened the links it gave. Once for each time they are given. */
export async function remindNotOpened(deps: TellingDeps, key: SharingKey): Promise<void> {
  const { agencyId, projectId } = key;
  await inTenant(deps.db, agencyId, async (tx) => {
    const sharing = await lockSharing(tx, key);
    if (sharing?.state !== 'shared' || !sharing.shared_at || !sharing.token_hash || sharing.reminded_at) return;
    const { client_id: clientId } = sharing;
    const link = await tx
      .selectFrom('share_tokens')
      .select('created_at')
      .where('agency_id', '=', agencyId)
      .where('hash', '=', sharing.token_hash)
      .executeTakeFirst();
    const givenAt = linksGivenAt(sharing.shared_at, link?.created_at ?? null);
    if (await isOpened(tx, key, clientId, givenAt)) return;
    await Promise.all([
      tellPeople(tx, deps, { agencyId, clientId, kind: 'sharing.not_opened' }, (notified) => reportNotOpenedMail(notified, givenAt)),
      tx.updateTable('sharings').set({ reminded_at: sql<Date>`now()` }).where('agency_id', '=', agencyId).where('project_id', '=', projectId).execute(),
      recordEvent(tx, {
        agencyId,
        projectId,
        clientId,
        actor: { kind: 'system', label: 'sharing' },
        kind: 'sharing.not_opened',
        after: { sharedAt: givenAt.toISOString() },
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
