import { type SqlBool, sql } from 'kysely';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, ImportId } from '../domain/ids.ts';
import { type ImportCounts, type ImportOutcome, noOutcomes } from '../domain/import-state.ts';
import { type RowResult, resultOf } from '../domain/import-verdict.ts';
import type { LeftOnboarding, OnboardingChange, OnboardingKey } from './onboarding-record.ts';

/** Which import an activity works for. */
export interface ImportKey {
  agencyId: AgencyId;
  importId: ImportId;
}

/** The import as it stands, locked. It is locked before whatever its rows are about. */
export async function lockImport(tx: TenantTransaction, { agencyId, importId }: ImportKey) {
  return tx
    .selectFrom('imports')
    .select(['state', 'on_duplicate', 'actor', 'file_name'])
    .where('agency_id', '=', agencyId)
    .where('id', '=', importId)
    .forUpdate()
    .executeTakeFirst();
}

/** Who does what an import does: the import, on behalf of whoever asked for it. */
export function importActor({ importId }: ImportKey, { label, origin }: Actor): Actor {
  return { kind: 'import', id: importId, label: `import by ${label}`, ...(origin && { origin }) };
}

export async function countRows(tx: TenantTransaction, { agencyId, importId }: ImportKey): Promise<ImportCounts> {
  const counted = await tx
    .selectFrom('import_rows')
    .select(({ fn }) => ['outcome', fn.countAll<number>().as('count')])
    .where('agency_id', '=', agencyId)
    .where('import_id', '=', importId)
    .groupBy('outcome')
    .execute();
  return { ...noOutcomes, ...Object.fromEntries(counted.map(({ outcome, count }) => [outcome, count])) };
}

/** What its client has is told by the client, and not kept twice. */
const keptByTheClient: readonly ImportOutcome[] = ['created', 'updated', 'waiting'];

const contentGone = { name: null, contact_email: null, external_reference: null, notes: null, domain: null } as const;

/** Writes what rows came to. A row that is settled stays as it is. */
export async function writeResults(tx: TenantTransaction, { agencyId, importId }: ImportKey, results: readonly (RowResult & { line: number })[]) {
  if (results.length === 0) return;
  const kept = (column: keyof typeof contentGone) => sql`case when result.outcome = any (${keptByTheClient}) then null else row.${sql.ref(column)} end`;
  await sql`
    update foyer.import_rows as row
    set outcome = result.outcome, code = result.code, detail = result.detail, client_id = result."clientId",
      name = ${kept('name')}, contact_email = ${kept('contact_email')}, external_reference = ${kept('external_reference')},
      notes = ${kept('notes')}, domain = ${kept('domain')}
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as result (line integer, outcome text, code text, detail text, "clientId" uuid)
    where row.agency_id = ${agencyId} and row.import_id = ${importId} and row.line = result.line and row.outcome in ('pending', 'running')
  `.execute(tx);
}

/** An onboarding goes on that left the row it came from open, if it came from one: the row is written anew in the same transaction. */
export async function settleRowOf(
  tx: TenantTransaction,
  { agencyId, onboardingId }: OnboardingKey,
  from: LeftOnboarding,
  { state, blockers }: OnboardingChange,
) {
  const result = resultOf({ state, blockers, clientId: from.client_id, clientCreated: from.client_created, allowed: true });
  if (!result) return;
  const { outcome, code, detail, clientId } = result;
  await tx
    .updateTable('import_rows')
    .set({ outcome, code, detail, client_id: clientId, ...(keptByTheClient.includes(outcome) && contentGone) })
    .where('agency_id', '=', agencyId)
    .where('onboarding_id', '=', onboardingId)
    .where(sql<SqlBool>`outcome in ('running', 'waiting')`)
    .execute();
}

/** What the rows of an import say is forgotten, all of it that no client has, and what the file was called. */
export async function forgetContent(tx: TenantTransaction, { agencyId, importId }: ImportKey) {
  await tx.updateTable('imports').set({ file_name: null }).where('agency_id', '=', agencyId).where('id', '=', importId).execute();
  await tx.updateTable('import_rows').set(contentGone).where('agency_id', '=', agencyId).where('import_id', '=', importId).execute();
}

/** The same for rows about a client that is erased: what it was made of, what resembles it, and what says the same as one of these. */
export async function forgetRowsOf(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId) {
  await tx
    .updateTable('import_rows as row')
    .set(contentGone)
    .where('row.agency_id', '=', agencyId)
    .where((eb) =>
      eb.or([
        eb('row.client_id', '=', clientId),
        eb.exists(
          eb
            .selectFrom('import_rows as first')
            .whereRef('first.agency_id', '=', 'row.agency_id')
            .whereRef('first.import_id', '=', 'row.import_id')
            .whereRef('first.line', '=', 'row.twin_line')
            .where('first.client_id', '=', clientId)
            .select('first.line'),
        ),
      ]),
    )
    .execute();
}
