import { nameSketches } from '../../db/read/name-sketches.ts';
import type { TenantReader } from '../../db/tenant.ts';
import { findTwins } from '../../domain/import-row.ts';
import type { OnDuplicate } from '../../domain/import-state.ts';
import type { FileRows, FitRow } from './read-file.ts';

export interface PreparedRow extends FitRow {
  /** The earlier line that says the same. */
  twinLine: number | null;
}

export interface PreparedFile extends FileRows {
  fit: PreparedRow[];
}

/** Finds the rows of a file that say the same. */
export async function prepareImport(reader: TenantReader, { fit, unfit }: FileRows, onDuplicate: OnDuplicate): Promise<PreparedFile> {
  const sketches = await nameSketches(
    reader,
    fit.map(({ row }) => row.name),
  );
  const twins = findTwins(
    fit.map(({ line, row }, place) => ({ line, nameSketch: sketches[place] ?? null, externalReference: row.externalReference, domain: row.domain })),
    onDuplicate,
  );
  return { fit: fit.map((each) => ({ ...each, twinLine: twins.get(each.line) ?? null })), unfit };
}
