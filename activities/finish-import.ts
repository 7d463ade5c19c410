import { type Kysely, sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { countRows, type ImportKey, lockImport } from './import-record.ts';

export interface FinishImportInput extends ImportKey {
  state: 'done' | 'cancelled';
  /** Who cancelled it; null where it came to its end. */
  cancelledBy: Actor | null;
}

/** Every row has come to something. Idempotent by state. */
export async function finishImport(db: Kysely<Database>, { state, cancelledBy, ...key }: FinishImportInput): Promise<void> {
  const { agencyId, importId } = key;
  await inTenant(db, agencyId, async (tx, closing) => {
    const bulk = await lockImport(tx, key);
    if (bulk?.state !== 'running') return;
    const counts = await countRows(tx, key);
    const kind = state === 'done' ? 'import.finished' : 'import.cancelled';
    closing(
      tx.updateTable('imports').set({ state, finished_at: sql<Date>`now()` }).where('agency_id', '=', agencyId).where('id', '=', importId).execute(),
      recordEvent(tx, { agencyId, actor: cancelledBy ?? bulk.actor, kind, after: { importId, ...counts } }),
    );
  });
}
