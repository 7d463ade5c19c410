import type { AgencyId, ClientId, ImportId } from '../../domain/ids.ts';
import type { ImportOutcome } from '../../domain/import-state.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import type { TenantReader } from '../tenant.ts';

export interface ImportRowRecord {
  line: number;
  outcome: ImportOutcome;
  /** As the client is called now, or as the row says; null once that is not kept any more. */
  name: string | null;
  code: RefusalCode | null;
  detail: string | null;
  clientId: ClientId | null;
}

export interface ImportRowsRequest {
  /** Those that came to this. */
  outcome?: ImportOutcome | undefined;
  afterLine: number;
  limit: number;
}

/** Rows of an import behind a line, in the order of the file. */
export async function importRows(
  reader: TenantReader,
  { agencyId, importId }: { agencyId: AgencyId; importId: ImportId },
  { outcome, afterLine, limit }: ImportRowsRequest,
): Promise<ImportRowRecord[]> {
  const query = reader
    .selectFrom('import_rows as row')
    .leftJoin('clients as client', (join) => join.onRef('client.agency_id', '=', 'row.agency_id').onRef('client.id', '=', 'row.client_id'))
    .where('row.agency_id', '=', agencyId)
    .where('row.import_id', '=', importId)
    .where('row.line', '>', afterLine)
    .select(['row.line', 'row.outcome', 'row.code', 'row.detail', 'row.client_id'])
    .select((eb) => eb.fn.coalesce('row.name', 'client.name').as('name'))
    .orderBy('row.line')
    .limit(limit);
  const rows = await (outcome ? query.where('row.outcome', '=', outcome) : query).execute();
  return rows.map(({ client_id, ...row }) => ({ ...row, clientId: client_id }));
}
