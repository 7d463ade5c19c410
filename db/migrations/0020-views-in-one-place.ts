import { type Kysely, sql } from 'kysely';

/** Views of a shared report are counted in `share_views` alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table foyer.sharings drop column views, drop column last_viewed_at`.execute(db);
}
