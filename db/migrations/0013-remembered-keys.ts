import { type Kysely, sql } from 'kysely';

/** Whoever remembers a key has to know until when it is valid. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop function foyer.find_api_key;
    create function foyer.find_api_key(presented_hash bytea)
    returns table (id uuid, name text, scopes text[], valid_until timestamptz, account_id uuid, kind text, account_name text)
    language plpgsql stable as $$
    begin
      perform set_config('foyer.presented_key', encode(presented_hash, 'hex'), true);
      return query
        select key.id, key.name, key.scopes, key.expires_at, account.id, account.kind, account.name
        from foyer.api_keys as key join foyer.accounts as account on account.id = key.agency_id
        where key.key_hash = presented_hash and key.revoked_at is null and (key.expires_at is null or key.expires_at > now());
    end $$;
    revoke execute on function foyer.find_api_key from public;
    grant execute on function foyer.find_api_key to foyer_api;
  `.execute(db);
}
