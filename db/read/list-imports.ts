import type { AgencyId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type ImportRecord, selectImports, toImport } from './imports.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

/** A page of the agency's imports, newest first. */
export async function listImports(reader: TenantReader, agencyId: AgencyId, page: PageRequest): Promise<Page<ImportRecord>> {
  const rows = await selectImports(reader, agencyId).$call(newestFirst('import', page)).execute();
  return cutPage(rows, page.limit, toImport);
}
