import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import { type ImportKey, lockImport } from './import-record.ts';

/** Rows that were not come to yet are not come to any more. What has begun is left to go on. Idempotent. */
export async function giveUpImportRows(db: Kysely<Database>, key: ImportKey): Promise<void> {
  const { agencyId, importId } = key;
  await inTenant(db, agencyId, async (tx) => {
    await lockImport(tx, key);
    await tx
      .updateTable('import_rows')
      .set({ outcome: 'cancelled', detail: 'the import was cancelled' })
      .where('agency_id', '=', agencyId)
      .where('import_id', '=', importId)
      .where('outcome', '=', 'pending')
      .execute();
  });
}
