import { readImport } from '../db/read/import.ts';
import type { ImportRecord } from '../db/read/imports.ts';
import { readInTenant, type TenantSight } from '../db/tenant.ts';
import type { ImportId } from '../domain/ids.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';

/** The agency's import, or the refusal `NOT_FOUND`. */
export async function findImport({ db }: Deps, sight: TenantSight, importId: ImportId): Promise<ImportRecord> {
  const record = await readInTenant(db, sight, (reader) => readImport(reader, sight.agencyId, importId));
  if (!record) throw refused('NOT_FOUND');
  return record;
}
