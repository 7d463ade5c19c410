import { importFacts } from '../../db/import-facts.ts';
import { readAgency } from '../../db/read/agency.ts';
import type { ImportRowRecord } from '../../db/read/import-rows.ts';
import type { TenantReader } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { ImportChoices } from '../../domain/import.ts';
import { foretell, judgeRow, type SlotsAhead } from '../../domain/import-verdict.ts';
import type { PreparedFile } from './prepare-import.ts';
import type { UnfitRow } from './read-file.ts';

/** Rows that are looked up at once: enough to be quick, few enough for every statement to be short. */
const chunkSize = 250;

/** What an import would come to if it began now, row by row. Nothing is written. */
export async function previewImport(
  reader: TenantReader,
  agencyId: AgencyId,
  { fit, unfit }: PreparedFile,
  { onLimit, onDuplicate }: ImportChoices,
): Promise<ImportRowRecord[]> {
  const agency = await readAgency(reader, agencyId);
  if (!agency) throw new Error('an agency without a plan');
  let slots: SlotsAhead = { eligible: agency.plan.eligible, free: agency.clients.limit - agency.clients.used };
  const results = unfit.map(unfitRow);
  for (let at = 0; at < fit.length; at += chunkSize) {
    const chunk = fit.slice(at, at + chunkSize);
    const facts = await importFacts(
      reader,
      agencyId,
      chunk.map(({ row, twinLine }) => ({ ...row, twinLine })),
      onDuplicate,
    );
    for (const [place, { line, row }] of chunk.entries()) {
      const known = facts[place];
      if (!known) throw new Error(`nothing was found out about line ${line}`);
      const told = foretell(judgeRow(known, onDuplicate), slots, onLimit);
      slots = told.slots;
      results.push({ line, name: row.name, ...told.result });
    }
  }
  return results.sort((a, b) => a.line - b.line);
}

/** What comes of a row that no client can be made of. */
export function unfitRow({ line, name, problem }: UnfitRow): ImportRowRecord {
  return { line, name, outcome: 'refused', code: 'VALIDATION_FAILED', detail: problem, clientId: null };
}
