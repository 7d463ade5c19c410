import { type Kysely, sql } from 'kysely';

/** Whoever follows an account's events is told, at commit, that there are new ones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function foyer.announce_event() returns trigger language plpgsql as $$
    begin
      perform pg_notify('foyer_event', new.agency_id::text);
      return null;
    end $$;
    revoke execute on function foyer.announce_event from public;

    create trigger events_announce after insert on foyer.events for each row execute function foyer.announce_event();
  `.execute(db);
}
