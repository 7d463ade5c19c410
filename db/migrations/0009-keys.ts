import { type Kysely, sql } from 'kysely';

/** Whoever remembers keys in a process is told, at commit, of every change to what one opens. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function foyer.announce_api_key() returns trigger language plpgsql as $$
    begin
      perform pg_notify('foyer_api_key', concat_ws('/', coalesce(new.agency_id, old.agency_id), coalesce(new.id, old.id)));
      return null;
    end $$;
    revoke execute on function foyer.announce_api_key from public;

    create trigger api_keys_announce after insert or delete or update of key_hash, name, scopes, expires_at, revoked_at on foyer.api_keys
      for each row execute function foyer.announce_api_key();
  `.execute(db);
}
