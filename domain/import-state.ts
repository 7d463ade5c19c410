export const importStates = ['queued', 'running', 'done', 'cancelled'] as const;
export type ImportState = (typeof importStates)[number];

/**
 * What became of a row. `pending` and `running` are on their way; `waiting` has a client that waits for a slot and goes on by itself, or whose undo
 * operations look after; `cancelled` was never come to, or was given up while it waited.
 */
export const importOutcomes = ['pending', 'running', 'created', 'updated', 'waiting', 'duplicate', 'refused', 'cancelled'] as const;
export type ImportOutcome = (typeof importOutcomes)[number];
export type ImportCounts = Record<ImportOutcome, number>;

/** A row that looks like a client that is there already, or like an earlier row: leave it out, or make it all the same. */
export const onDuplicateChoices = ['skip', 'create'] as const;
export type OnDuplicate = (typeof onDuplicateChoices)[number];

/** The most that one import takes; `cellLength` is more than any field takes, so that what is longer is not looked at. */
export const importLimits = { rows: 5_000, columns: 200, bytes: 5 * 1024 * 1024, cellLength: 20_000 } as const;

export const noOutcomes: ImportCounts = { pending: 0, running: 0, created: 0, updated: 0, waiting: 0, duplicate: 0, refused: 0, cancelled: 0 };

/** The counts with those of more rows. */
export function addOutcomes(to: ImportCounts, rows: Iterable<{ outcome: ImportOutcome }>): ImportCounts {
  const counts = { ...to };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}

/** How many rows the import itself still has work with. */
export function unsettled({ pending, running }: Pick<ImportCounts, 'pending' | 'running'>): number {
  return pending + running;
}
