import { type Kysely, sql } from 'kysely';

/** An idempotency key belongs to the first request that brings it, from before anything is done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table foyer.idempotency_keys
      alter status drop not null,
      alter answer drop not null,
      add constraint idempotency_keys_answered check ((status is null) = (answer is null)),
      -- The key of the request that opens an account is claimed before the account is there.
      alter constraint idempotency_keys_agency_id_fkey deferrable initially deferred;

    -- An answer is filled in once.
    grant update (about_client, status, answer) on foyer.idempotency_keys to foyer_api;
    create policy unanswered on foyer.idempotency_keys as restrictive for update to foyer_api using (answer is null) with check (true);

    -- No row: the key is this request's from now on. Otherwise whose it is, and the answer once there is one. A claim that is a transaction of its
    -- own waits for no disk: where one was lost with the machine's power, the id of the workflow that it allowed still stands for it.
    create function foyer.claim_key(of_agency uuid, of_key bytea, of_request bytea, of_its_own boolean)
    returns table (fingerprint bytea, answer bytea)
    language plpgsql as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true);
      if of_its_own then perform set_config('synchronous_commit', 'off', true); end if;
      insert into foyer.idempotency_keys (agency_id, key_hash, fingerprint) values (of_agency, of_key, of_request)
        on conflict on constraint idempotency_keys_used do nothing;
      if found then return; end if;
      return query
        select kept.fingerprint, kept.answer from foyer.idempotency_keys as kept where kept.agency_id = of_agency and kept.key_hash = of_key;
    end $$;
    revoke execute on function foyer.claim_key from public;
    grant execute on function foyer.claim_key to foyer_api;

    create or replace function foyer.keep_answer(of_agency uuid, of_client uuid, of_key bytea, of_request bytea, with_status integer, the_answer bytea)
    returns boolean
    language plpgsql as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true), set_config('synchronous_commit', 'off', true);
      insert into foyer.idempotency_keys as known (agency_id, about_client, key_hash, fingerprint, status, answer)
      values (of_agency, of_client, of_key, of_request, with_status, the_answer)
      on conflict (agency_id, key_hash) do update set about_client = excluded.about_client, status = excluded.status, answer = excluded.answer
        where known.answer is null and known.fingerprint = excluded.fingerprint;
      return found;
    end $$;
    drop function foyer.keep_answer(uuid, bytea, bytea, integer, bytea);

    -- What processes of the release before ask: a key without an answer is none to them.
    create or replace function foyer.find_answer(of_agency uuid, of_key bytea)
    returns table (fingerprint bytea, answer bytea)
    language plpgsql stable as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true);
      return query
        select kept.fingerprint, kept.answer from foyer.idempotency_keys as kept
        where kept.agency_id = of_agency and kept.key_hash = of_key and kept.answer is not null;
    end $$;
  `.execute(db);
}
