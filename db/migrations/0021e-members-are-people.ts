import { type Kysely, sql } from 'kysely';

/** A membership is of somebody who is there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table foyer.memberships add constraint memberships_person foreign key (person_id) references auth.people (id)`.execute(db);
}
