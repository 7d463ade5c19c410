import { type Kysely, sql } from 'kysely';

/**
 * When a key was last used, and which one takes its place. Whoever remembers keys in a process is told, at commit, of every change to what one
 * opens; that a key was used is no such change.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table foyer.api_keys
      add column last_used_at timestamptz(3),
      add column replaced_by uuid,
      add constraint api_keys_replaced_by foreign key (agency_id, replaced_by) references foyer.api_keys (agency_id, id);
    create index api_keys_page on foyer.api_keys (agency_id, created_at desc, id desc);
    grant update (expires_at, replaced_by, last_used_at) on foyer.api_keys to foyer_api;

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
