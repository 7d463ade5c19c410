import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import { type ImportKey, lockImport } from './import-record.ts';

/** The import runs from now on. It is started a moment before its rows are stored: until they are, this is tried again. Idempotent by state. */
export async function beginImport(db: Kysely<Database>, key: ImportKey): Promise<void> {
  const { agencyId, importId } = key;
  await inTenant(db, agencyId, async (tx) => {
    const bulk = await lockImport(tx, key);
    if (!bulk) throw ApplicationFailure.retryable('its rows are not stored yet', 'ImportNotStoredYet');
    if (bulk.state !== 'queued') return;
    await tx.updateTable('imports').set({ state: 'running' }).where('agency_id', '=', agencyId).where('id', '=', importId).execute();
  });
}
