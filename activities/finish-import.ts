import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { PersonId } from '../domain/ids.ts';
import { importEndedMail } from '../mail/import-ended.ts';
import { countRows, type ImportKey, lockImport } from './import-record.ts';
import { type TellingDeps, tellPeople } from './tell-people.ts';

export interface FinishImportInput extends ImportKey {
  state: 'done' | 'cancelled';
  /** Who cancelled it; null where it came to its end. */
  cancelledBy: Actor | null;
}

/** Every row has come to something: whoever started the import is told, the account's people where that was no person. Idempotent by state. */
export async function finishImport(deps: TellingDeps, { state, cancelledBy, ...key }: FinishImportInput): Promise<void> {
  const { agencyId, importId } = key;
  await inTenant(deps.db, agencyId, async (tx, closing) => {
    const bulk = await lockImport(tx, key);
    if (bulk?.state !== 'running') return;
    const counts = await countRows(tx, key);
    const url = `${deps.publicUrl}/imports/${importId}`;
    await tellPeople(tx, deps, { agencyId, clientId: null, kind: 'import.ended', personId: personOf(bulk.actor) }, ({ to, name }) =>
      importEndedMail({ to, name, url }, { state, fileName: bulk.file_name, counts }),
    );
    const kind = state === 'done' ? 'import.finished' : 'import.cancelled';
    closing(
      tx.updateTable('imports').set({ state, finished_at: sql<Date>`now()` }).where('agency_id', '=', agencyId).where('id', '=', importId).execute(),
      recordEvent(tx, { agencyId, actor: cancelledBy ?? bulk.actor, kind, after: { importId, ...counts } }),
    );
  });
}

/** A user's id is that of the person. */
function personOf(actor: Actor): PersonId | undefined {
  return actor.kind === 'user' ? (actor.id as PersonId) : undefined;
}
