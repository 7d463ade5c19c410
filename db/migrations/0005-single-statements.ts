import { type Kysely, sql } from 'kysely';

/**
 * What every request or every screen asks of the database, as functions that set whose rows they see and do their work in one statement: one
 * message, planned once, the walls as everywhere. They run with the rights of whoever calls them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function foyer.find_api_key(presented_hash bytea)
    returns table (id uuid, name text, scopes text[], account_id uuid, kind text, account_name text)
    language plpgsql stable as $$
    begin
      perform set_config('foyer.presented_key', encode(presented_hash, 'hex'), true);
      return query
        select key.id, key.name, key.scopes, account.id, account.kind, account.name
        from foyer.api_keys as key join foyer.accounts as account on account.id = key.agency_id
        where key.key_hash = presented_hash and key.revoked_at is null and (key.expires_at is null or key.expires_at > now());
    end $$;

    create function foyer.find_answer(of_agency uuid, of_key bytea)
    returns table (fingerprint bytea, answer bytea)
    language plpgsql stable as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true);
      return query
        select kept.fingerprint, kept.answer from foyer.idempotency_keys as kept where kept.agency_id = of_agency and kept.key_hash = of_key;
    end $$;

    -- The work itself is safe before its answer is kept; an answer lost with the server's last milliseconds is made again from it.
    create function foyer.keep_answer(of_agency uuid, of_key bytea, of_request bytea, with_status integer, the_answer bytea)
    returns boolean
    language plpgsql as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true), set_config('synchronous_commit', 'off', true);
      insert into foyer.idempotency_keys (agency_id, key_hash, fingerprint, status, answer)
      values (of_agency, of_key, of_request, with_status, the_answer)
      on conflict (agency_id, key_hash) do nothing;
      return found;
    end $$;

    create function foyer.list_clients(of_agency uuid, search text, in_state text, after_at timestamptz, after_id uuid, max_rows integer)
    returns table (
      id uuid, name text, contact_email text, external_reference text, notes text, state text, version integer, created_at timestamptz,
      onboarding_id uuid, onboarding_state text, blockers jsonb, project_count bigint
    )
    language plpgsql stable as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true);
      return query
        select client.id, client.name, client.contact_email, client.external_reference, client.notes, client.state, client.version, client.created_at,
          onboarding.id, onboarding.state, onboarding.blockers,
          (select count(*) from foyer.projects as project where project.agency_id = of_agency and project.client_id = client.id)
        from foyer.clients as client
        left join lateral (
          select newest.id, newest.state, newest.blockers from foyer.onboardings as newest
          where newest.agency_id = of_agency and newest.client_id = client.id
          order by newest.created_at desc limit 1
        ) as onboarding on true
        where client.agency_id = of_agency
          and (client.created_at, client.id) < (coalesce(after_at, 'infinity'), coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
          and (in_state is null or client.state = in_state)
          and (search is null
            or client.name_key like casefold(normalize(search, NFKC) collate pg_unicode_fast)
            or client.contact_email ilike search
            or client.external_reference ilike search)
        order by client.created_at desc, client.id desc
        limit max_rows;
    end $$;

    revoke execute on function foyer.find_api_key, foyer.find_answer, foyer.keep_answer, foyer.list_clients from public;
    grant execute on function foyer.find_api_key, foyer.find_answer, foyer.keep_answer, foyer.list_clients to foyer_api;
  `.execute(db);
}
