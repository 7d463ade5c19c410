import { type Kysely, sql } from 'kysely';

/** How a CRM connection reads its events, as it was asked for; null is as every connection did before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table foyer.crm_connections add mapping jsonb, add trigger jsonb`.execute(db);
}
