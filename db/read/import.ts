import type { AgencyId, ImportId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type ImportRecord, selectImports, toImport } from './imports.ts';

/** One import of the agency; undefined when it is not there. */
export async function readImport(reader: TenantReader, agencyId: AgencyId, importId: ImportId): Promise<ImportRecord | undefined> {
  const row = await selectImports(reader, agencyId).where('import.id', '=', importId).executeTakeFirst();
  return row && toImport(row);
}
