import { sql } from 'kysely';
import type { AgencyId, ImportId } from '../../domain/ids.ts';
import { type ImportCounts, type ImportState, noOutcomes, type OnDuplicate } from '../../domain/import-state.ts';
import type { OnLimit } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';

/** An import, and how many of its rows came to what. */
export interface ImportRecord {
  id: ImportId;
  workflowId: string;
  state: ImportState;
  onLimit: OnLimit;
  onDuplicate: OnDuplicate;
  fileName: string | null;
  /** Who asked for it. */
  by: string;
  total: number;
  counts: ImportCounts;
  createdAt: Date;
  finishedAt: Date | null;
}

/** The agency's imports with their counts, for the queries of this folder to narrow. */
export function selectImports(reader: TenantReader, agencyId: AgencyId) {
  return reader
    .selectFrom('imports as import')
    .where('import.agency_id', '=', agencyId)
    .select((eb) => [
      'import.id',
      'import.workflow_id',
      'import.state',
      'import.on_limit',
      'import.on_duplicate',
      'import.file_name',
      sql<string>`import.actor ->> 'label'`.as('by'),
      'import.total',
      'import.created_at',
      'import.finished_at',
      eb
        .selectFrom(
          eb
            .selectFrom('import_rows as row')
            .whereRef('row.agency_id', '=', 'import.agency_id')
            .whereRef('row.import_id', '=', 'import.id')
            .groupBy('row.outcome')
            .select(({ fn }) => ['row.outcome', fn.countAll<number>().as('count')])
            .as('counted'),
        )
        .select(sql<Partial<ImportCounts>>`jsonb_object_agg(counted.outcome, counted.count)`.as('counts'))
        .as('counts'),
    ]);
}

export interface ImportTableRow {
  id: ImportId;
  workflow_id: string;
  state: ImportState;
  on_limit: OnLimit;
  on_duplicate: OnDuplicate;
  file_name: string | null;
  by: string;
  total: number;
  created_at: Date;
  finished_at: Date | null;
  counts: Partial<ImportCounts> | null;
}

export function toImport(row: ImportTableRow): ImportRecord {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    state: row.state,
    onLimit: row.on_limit,
    onDuplicate: row.on_duplicate,
    fileName: row.file_name,
    by: row.by,
    total: row.total,
    counts: { ...noOutcomes, ...row.counts },
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
