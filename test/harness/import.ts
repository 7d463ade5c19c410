import { type NewImport, storeImport } from '../../api/imports/store-import.ts';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId, ImportId } from '../../domain/ids.ts';
import { defaultImportPolicy, type ImportChoices, type ImportPolicy } from '../../domain/import.ts';
import type { ImportRow } from '../../domain/import-row.ts';
import { importWorkflowId } from '../../workflows/contract.ts';
import type { importClients } from '../../workflows/import-clients.ts';
import type { TestDatabase } from './database.ts';
import { newImportId } from './ids.ts';
import { tester } from './onboarding-input.ts';
import type { Stage } from './stage.ts';
import { hintsOnly } from './waits.ts';

/** Looks again at once, and forgets what the file said at once. */
export const quickPolicy: ImportPolicy = {
  ...defaultImportPolicy,
  lookAgainMs: { first: 20, most: 200 },
  rowsKeptMs: 1,
  waiting: hintsOnly,
};

export function importRow(row: Partial<ImportRow> & { name: string }): ImportRow {
  return { contactEmail: null, externalReference: null, notes: null, domain: null, ...row };
}

/** Stores an import as the API does; nobody works at it yet. */
export async function storedImport(
  { api }: TestDatabase,
  agencyId: AgencyId,
  rows: readonly ImportRow[],
  choices: Partial<ImportChoices & Pick<NewImport, 'fileName' | 'actor'>> = {},
): Promise<ImportId> {
  const id = newImportId();
  const file = { fit: rows.map((row, index) => ({ line: index + 1, row, twinLine: null })), unfit: [] };
  const given = { agencyId, id, actor: tester, fileName: null, file, onLimit: 'wait', onDuplicate: 'skip', ...choices } as const;
  await inTenant(api, agencyId, (tx) => storeImport(tx, given));
  return id;
}

/** Starts an import of these rows as the API does. */
export async function startImport(stage: Stage, agencyId: AgencyId, rows: readonly ImportRow[], policy: Partial<ImportPolicy> = {}) {
  const importId = await storedImport(stage.database, agencyId, rows);
  await stage.gateway.startImport({ agencyId, importId, policy: { ...quickPolicy, ...policy } }, importId);
  const workflowId = importWorkflowId(agencyId, importId);
  return { importId, workflowId, workflow: stage.temporal.workflow.getHandle<typeof importClients>(workflowId) };
}

/** What became of each row, in the order of the file. */
export function importedRows({ admin }: TestDatabase, importId: ImportId) {
  return admin.selectFrom('import_rows').selectAll().where('import_id', '=', importId).orderBy('line').execute();
}

/** An import of one row that came to nothing, written as it is found. */
export async function importThatHasEnded(database: TestDatabase, agencyId: AgencyId): Promise<ImportId> {
  const id = await storedImport(database, agencyId, [importRow({ name: 'Fern' })]);
  const over = { state: 'cancelled', finished_at: new Date() } as const;
  await database.admin.updateTable('imports').set(over).where('id', '=', id).execute();
  await database.admin.updateTable('import_rows').set({ outcome: 'cancelled' }).where('import_id', '=', id).execute();
  return id;
}
