import type { Kysely } from 'kysely';
import { importFacts } from '../db/import-facts.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientId } from '../domain/ids.ts';
import type { ImportRow } from '../domain/import-row.ts';
import { addOutcomes, type ImportCounts, type OnDuplicate } from '../domain/import-state.ts';
import { judgeRow, type RowResult, refusedRow, resultOf } from '../domain/import-verdict.ts';
import { isPlanEligible } from '../domain/plan.ts';
import { applyClientDetails } from './client-details.ts';
import { lockClient } from './client-lock.ts';
import { countRows, type ImportKey, importActor, lockImport, writeResults } from './import-record.ts';

export interface AdvanceImportInput extends ImportKey {
  /** How many of its onboardings may be undecided at once. */
  atOnce: number;
}

export interface ImportProgress {
  counts: ImportCounts;
  /** Did any row come to something, or begin? */
  moved: boolean;
}

type LineResult = RowResult & { line: number };

/**
 * Takes an import a piece further: settles the rows whose onboardings are decided, judges as many new ones as may be under way, and brings clients up to
 * date that are there already. A row that is to be onboarded becomes `running`; its onboarding is started afterwards, from what is written here.
 * Idempotent: a row is taken once.
 */
export async function advanceImport(db: Kysely<Database>, { atOnce, ...key }: AdvanceImportInput): Promise<ImportProgress> {
  return inTenant(db, key.agencyId, async (tx) => {
    const bulk = await lockImport(tx, key);
    if (!bulk) throw new Error(`import ${key.importId} is missing`);
    const before = await countRows(tx, key);
    const decided = await decidedRows(tx, key);
    const undecided = before.running - decided.length;
    const room = roomFor({ atOnce, undecided, free: await freeSlots(tx, key.agencyId) });
    const taken = await takeRows(tx, key, { actor: importActor(key, bulk.actor), onDuplicate: bulk.on_duplicate, most: atOnce, room });
    const results = [...decided, ...taken];
    await writeResults(tx, key, results);
    const left = { ...before, running: undecided, pending: before.pending - taken.length };
    return { counts: addOutcomes(left, results), moved: results.length > 0 };
  });
}

/**
 * How many onboardings may begin. While there are slots only as many as there are, so that the first rows of the file get the last slots; once there are none
 * all that is left will wait, in whatever order it comes.
 */
function roomFor({ atOnce, undecided, free }: { atOnce: number; undecided: number; free: number }): number {
  const few = undecided > 0 || free > 0 ? Math.max(free, 0) : atOnce;
  return Math.max(0, Math.min(atOnce, few) - undecided);
}

async function freeSlots(tx: TenantTransaction, agencyId: ImportKey['agencyId']): Promise<number> {
  const plan = await tx
    .selectFrom('plans')
    .select(['state', 'period_end as periodEnd', 'client_limit', 'overage_clients', 'client_slots_used'])
    .where('agency_id', '=', agencyId)
    .executeTakeFirstOrThrow();
  return isPlanEligible(plan, new Date()) ? plan.client_limit + plan.overage_clients - plan.client_slots_used : 0;
}

/** The running rows whose onboardings have decided what became of them. */
async function decidedRows(tx: TenantTransaction, { agencyId, importId }: ImportKey): Promise<LineResult[]> {
  const running = await tx
    .selectFrom('import_rows as row')
    .innerJoin('onboardings as onboarding', (join) => join.onRef('onboarding.agency_id', '=', 'row.agency_id').onRef('onboarding.id', '=', 'row.onboarding_id'))
    .innerJoin('onboarding_steps as step', (join) =>
      join.onRef('step.agency_id', '=', 'row.agency_id').onRef('step.onboarding_id', '=', 'row.onboarding_id').on('step.name', '=', 'check_allowance'),
    )
    .where('row.agency_id', '=', agencyId)
    .where('row.import_id', '=', importId)
    .where('row.outcome', '=', 'running')
    .select([
      'row.line',
      'onboarding.state',
      'onboarding.blockers',
      'onboarding.client_id as clientId',
      'onboarding.client_created as clientCreated',
      'step.state as allowance',
    ])
    .execute();
  return running.flatMap(({ line, allowance, ...onboarding }) => {
    const result = resultOf({ ...onboarding, allowed: allowance === 'done' || allowance === 'skipped' });
    return result ? [{ line, ...result }] : [];
  });
}

interface Taking {
  actor: Actor;
  onDuplicate: OnDuplicate;
  /** How many rows are looked at. */
  most: number;
  /** How many onboardings may begin. */
  room: number;
}

/** Takes rows in the order of the file, up to the first that is to be onboarded and has no room. */
async function takeRows(tx: TenantTransaction, { agencyId, importId }: ImportKey, { actor, onDuplicate, most, room }: Taking): Promise<LineResult[]> {
  const rows = await tx
    .selectFrom('import_rows')
    .select(['line', 'name', 'contact_email as contactEmail', 'external_reference as externalReference', 'notes', 'domain', 'twin_line as twinLine'])
    .where('agency_id', '=', agencyId)
    .where('import_id', '=', importId)
    .where('outcome', '=', 'pending')
    .orderBy('line')
    .limit(most)
    .execute();
  const named = rows.map(({ name, ...row }) => ({ ...row, name: name ?? '' }));
  const facts = await importFacts(reading(tx), agencyId, named, onDuplicate);
  const results: LineResult[] = [];
  let begun = 0;
  for (const [place, { line, ...row }] of named.entries()) {
    const known = facts[place];
    if (!known) throw new Error(`nothing was found out about line ${line}`);
    const verdict = judgeRow(known, onDuplicate);
    switch (verdict.act) {
      case 'leave':
        results.push({ line, ...verdict.result });
        break;
      case 'onboard':
        if (begun === room) return results;
        begun += 1;
        results.push({ line, outcome: 'running', code: null, detail: null, clientId: null });
        break;
      case 'update':
        results.push({ line, ...(await bringUpToDate(tx, { agencyId, clientId: verdict.clientId, actor, row })) });
    }
  }
  return results;
}

interface KnownClient {
  agencyId: ImportKey['agencyId'];
  clientId: ClientId;
  actor: Actor;
  row: ImportRow;
}

async function bringUpToDate(tx: TenantTransaction, { agencyId, clientId, actor, row }: KnownClient): Promise<RowResult> {
  const client = await lockClient(tx, agencyId, clientId);
  if (!client || client.state === 'archived') return refusedRow('CLIENT_ARCHIVED', client ? clientId : null);
  const applied = await applyClientDetails(tx, { agencyId, clientId, actor, details: row, at: null });
  return applied === 'name_taken' ? refusedRow('CLIENT_NAME_TAKEN') : { outcome: 'updated', code: null, detail: null, clientId };
}
