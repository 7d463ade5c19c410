import { type Kysely, sql } from 'kysely';

/** What is personal in an event that is about no client stands beside it as well. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table foyer.event_details alter client_id drop not null`.execute(db);
}
