import { type Kysely, sql } from 'kysely';

/**
 * Who people are and how they sign in, in a schema of their own: a person belongs to no tenant, so no wall stands here, and nobody but the API gets
 * at credentials and sessions. Mail that waits for its delivery belongs to no tenant either; what it says is encrypted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create schema auth;
    grant usage on schema auth to foyer_api, foyer_worker;

    create table auth.people (
      id uuid primary key default uuidv7(),
      name text not null,
      email text not null constraint people_email unique constraint people_email_lower_case check (email = lower(email)),
      email_verified boolean not null default false,
      image text,
      current_account_id uuid references foyer.accounts (id),
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now()
    );

    create table auth.credentials (
      id uuid primary key default uuidv7(),
      person_id uuid not null references auth.people (id) on delete cascade,
      provider_id text not null,
      account_id text not null,
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz(3),
      refresh_token_expires_at timestamptz(3),
      scope text,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      constraint credentials_of_provider unique (provider_id, account_id)
    );
    create index credentials_of_person on auth.credentials (person_id);

    create table auth.sessions (
      id uuid primary key default uuidv7(),
      person_id uuid not null references auth.people (id) on delete cascade,
      token text not null constraint sessions_token unique,
      expires_at timestamptz(3) not null,
      ip_address text,
      user_agent text,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now()
    );
    create index sessions_of_person on auth.sessions (person_id);

    create table auth.verifications (
      id uuid primary key default uuidv7(),
      identifier text not null,
      value text not null,
      expires_at timestamptz(3) not null,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now()
    );
    create index verifications_identifier on auth.verifications (identifier);

    create table auth.attempts (
      key_hash bytea primary key constraint attempts_hash_length check (octet_length(key_hash) = 32),
      count integer not null,
      window_ends_at timestamptz(3) not null
    );
    create index attempts_over on auth.attempts (window_ends_at);

    grant select, insert, update on auth.people to foyer_api;
    grant select, insert, update, delete on auth.credentials, auth.sessions, auth.verifications, auth.attempts to foyer_api;
    grant select (id, name, email) on auth.people to foyer_worker;

    create table foyer.mails (
      id uuid primary key default uuidv7(),
      kind text not null,
      sealed bytea,
      attempts integer not null default 0,
      due_at timestamptz(3) not null default now(),
      created_at timestamptz(3) not null default now(),
      sent_at timestamptz(3),
      given_up_at timestamptz(3),
      constraint mails_kept_until_sent check ((sealed is null) = (sent_at is not null or given_up_at is not null))
    );
    create index mails_due on foyer.mails (due_at) where sealed is not null;

    grant insert (id, kind, sealed) on foyer.mails to foyer_api, foyer_worker;
    grant select, update (sealed, attempts, due_at, sent_at, given_up_at) on foyer.mails to foyer_worker;

    create function foyer.find_session(presented_token text)
    returns table (
      session_id uuid, person_id uuid, name text, email text, current_account_id uuid,
      account_id uuid, kind text, account_name text, role text, client_ids uuid[], member_since timestamptz
    )
    language plpgsql stable as $$
    begin
      return query
        select session.id, person.id, person.name, person.email, person.current_account_id,
          membership.account_id, membership.kind, membership.account_name, membership.role, membership.client_ids, membership.created_at
        from auth.sessions as session
        join auth.people as person on person.id = session.person_id
        left join lateral foyer.find_memberships(person.id) as membership on true
        where session.token = presented_token and session.expires_at > now();
    end $$;

    -- Whoever is not shown contact e-mails and references does not find by them either.
    create or replace function foyer.list_clients(of_agency uuid, search text, in_state text, after_at timestamptz, after_id uuid, max_rows integer)
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
            or (nullif(current_setting('foyer.names_only', true), '') is null
              and (client.contact_email ilike search or client.external_reference ilike search)))
        order by client.created_at desc, client.id desc
        limit max_rows;
    end $$;

    drop function foyer.list_visible_clients;
    create function foyer.list_visible_clients(
      of_agency uuid, only_clients uuid[], names_only boolean, search text, in_state text, after_at timestamptz, after_id uuid, max_rows integer
    )
    returns table (
      id uuid, name text, contact_email text, external_reference text, notes text, state text, version integer, created_at timestamptz,
      onboarding_id uuid, onboarding_state text, blockers jsonb, project_count bigint
    )
    language plpgsql stable as $$
    begin
      perform set_config('foyer.visible_clients', coalesce(only_clients::text, ''), true);
      perform set_config('foyer.names_only', case when names_only then 'yes' else '' end, true);
      return query select * from foyer.list_clients(of_agency, search, in_state, after_at, after_id, max_rows);
    end $$;

    revoke execute on function foyer.find_session, foyer.list_visible_clients from public;
    grant execute on function foyer.find_session, foyer.list_visible_clients to foyer_api;
  `.execute(db);
}
