import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import { forgetContent, type ImportKey } from './import-record.ts';

/** What the file said has been kept long enough: what became of each line stays. Idempotent. */
export async function forgetImportRows(db: Kysely<Database>, key: ImportKey): Promise<void> {
  await inTenant(db, key.agencyId, (tx) => forgetContent(tx, key));
}
