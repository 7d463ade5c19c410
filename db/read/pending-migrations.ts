import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { migrations } from '../migrate.ts';
import type { Database } from '../schema.ts';

/** Names of the migrations that this build knows and the database does not have. */
export async function pendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from foyer.kysely_migration`.execute(db);
  const applied = new Set(rows.map(({ name }) => name));
  return Object.keys(migrations).filter((name) => !applied.has(name));
}
