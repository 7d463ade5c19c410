import { nameSketches } from '../../db/read/name-sketches.ts';
import type { TenantReader } from '../../db/tenant.ts';
import { findTwins, type ImportRow } from '../../domain/import-row.ts';
import type { OnDuplicate } from '../../domain/import-state.ts';
import type { FileLine } from './read-file.ts';

/** A line of a file, with the earlier line that says the same. */
export type PreparedLine = { line: number; row: ImportRow; twinLine: number | null } | Extract<FileLine, { problem: string }>;

/** Finds the rows of a file that say the same. */
export async function prepareImport(reader: TenantReader, lines: readonly FileLine[], onDuplicate: OnDuplicate): Promise<PreparedLine[]> {
  const rows = lines.flatMap((each) => ('row' in each ? [each] : []));
  const sketches = await nameSketches(
    reader,
    rows.map(({ row }) => row.name),
  );
  const twins = findTwins(
    rows.map(({ line, row }, place) => ({ line, nameSketch: sketches[place] ?? null, externalReference: row.externalReference, domain: row.domain })),
    onDuplicate,
  );
  return lines.map((each) => ('row' in each ? { ...each, twinLine: twins.get(each.line) ?? null } : each));
}
