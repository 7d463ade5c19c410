import { type SelectQueryBuilder, sql } from 'kysely';

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

/**
 * Narrows a query to a page and the row behind it, newest first: for `$call` on a query of `table`, as the query names it.
 * The id column is given where it is not `id`.
 */
export function newestFirst(table: string, { limit, after }: PageRequest, idColumn = 'id') {
  const at = sql.ref<Date>(`${table}.created_at`);
  const id = sql.ref<string>(`${table}.${idColumn}`);
  return <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O> => {
    const page = query
      .orderBy(at, 'desc')
      .orderBy(id, 'desc')
      .limit(limit + 1);
    return after ? page.where(sql<boolean>`(${at}, ${id}) < (${after.at}, ${after.id}::uuid)`) : page;
  };
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
