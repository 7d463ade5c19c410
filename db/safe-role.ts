import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** Throws when the connected role could walk through the walls: a superuser, or one with BYPASSRLS. Called before a process serves anything. */
export async function assertSafeRole(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ name: string; unsafe: boolean }>`
    select rolname as name, rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user
  `.execute(db);
  const role = rows[0];
  if (!role || role.unsafe) throw new Error(`refusing to run as ${role?.name ?? 'an unknown role'}: it bypasses row-level security`);
}
