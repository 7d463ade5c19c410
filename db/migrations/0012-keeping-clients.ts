import { type Kysely, sql } from 'kysely';

/** What keeping clients in order asks for: when a client was archived, and what it had then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table foyer.clients
      add archived_at timestamptz(3),
      add former_projects uuid[] not null default '{}',
      add merged_into uuid,
      add constraint clients_merged_into foreign key (agency_id, merged_into) references foyer.clients (agency_id, id);

    -- The wall holds the owner too, and this is of every agency.
    alter table foyer.clients no force row level security;
    update foyer.clients set archived_at = updated_at where state = 'archived';
    alter table foyer.clients force row level security;
  `.execute(db);
}
