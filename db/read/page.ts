import { sql } from 'kysely';

/** Where a page of a list begins: behind the row with this time and id, newest first. */
export interface Keyset {
  at: Date;
  id: string;
}

export interface PageRequest {
  /** At most this many rows. */
  limit: number;
  after: Keyset | null;
}

export interface Page<T> {
  items: T[];
  /** Where the next page begins, or null at the end. */
  next: Keyset | null;
}

/** Is a row of `table` behind that one, newest first? */
export function behind(table: string, { at, id }: Keyset, idColumn = 'id') {
  return sql<boolean>`(${sql.ref(`${table}.created_at`)}, ${sql.ref(`${table}.${idColumn}`)}) < (${at}, ${id}::uuid)`;
}

/** What text is like that has `part` somewhere, for `like` and `ilike`. */
export function partOf(part: string): string {
  return `%${part.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Cuts a page out of `limit + 1` rows: the one too many tells that there is a next page. `at` is the time that the rows are in order of. */
export function cutPage<Row extends { id: string; created_at: Date }, T>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => T,
  at: (row: Row) => Date = (row) => row.created_at,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last ? { at: at(last), id: last.id } : null };
}
