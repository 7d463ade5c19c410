import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import { deletePack, type OffboardingKey } from './offboarding-record.ts';

/** The pack has been kept long enough. Idempotent: one that is gone is gone. */
export async function expireExportPack(db: Kysely<Database>, key: OffboardingKey): Promise<void> {
  const { agencyId, clientId, offboardingId } = key;
  await inTenant(db, agencyId, async (tx) => {
    const pack = await tx
      .selectFrom('export_packs')
      .select('offboarding_id')
      .where('agency_id', '=', agencyId)
      .where('offboarding_id', '=', offboardingId)
      .forUpdate()
      .executeTakeFirst();
    if (!pack) return;
    await Promise.all([
      deletePack(tx, key),
      recordEvent(tx, { agencyId, clientId, actor: { kind: 'system', label: 'offboarding' }, kind: 'export_pack.expired', after: { offboardingId } }),
    ]);
  });
}
