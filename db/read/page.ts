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
export function behind(table: string, { at, id }: Keyset) {
  return sql<boolean>`(${sql.ref(`${table}.created_at`)}, ${sql.ref(`${table}.id`)}) < (${at}, ${id}::uuid)`;
}

/** Cuts a page out of `limit + 1` rows: the one too many tells that there is a next page. */
export function cutPage<Row extends { id: string; created_at: Date }, T>(rows: Row[], limit: number, toItem: (row: Row) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last ? { at: last.created_at, id: last.id } : null };
}
