import { type Kysely, sql } from 'kysely';
import { sightWall, tenantWall } from '../walls.ts';

/** What keeping clients in order asks for: when a client was archived and what it had then, whom it was merged into, and how it leaves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table foyer.clients
      add archived_at timestamptz(3),
      add former_projects uuid[] not null default '{}',
      add merged_into uuid,
      add erased_at timestamptz(3),
      add constraint clients_merged_into foreign key (agency_id, merged_into) references foyer.clients (agency_id, id);

    -- The wall holds the owner too, and this is of every agency.
    alter table foyer.clients no force row level security;
    update foyer.clients set archived_at = updated_at where state = 'archived';
    alter table foyer.clients force row level security;

    -- What names are compared by to find duplicates: letters and digits without accents, case and legal forms. Null where nothing is left.
    create function foyer.name_sketch(name text) returns text language sql immutable parallel safe
      return nullif(btrim(regexp_replace(regexp_replace(regexp_replace(
        casefold(normalize(name, NFKD) collate pg_unicode_fast), '[\\u0300-\\u036f]', '', 'g'),
        '[^[:alnum:]]+', ' ', 'g'),
        '\\m(ab|ag|and|as|bv|co|company|corp|corporation|et|gmbh|inc|incorporated|kg|limited|llc|llp|ltd|nv|oy|plc|sa|sarl|se|spa|srl|und)\\M *', '', 'g')), '');
    revoke execute on function foyer.name_sketch from public;
    grant execute on function foyer.name_sketch to foyer_api, foyer_worker;
    alter table foyer.clients add name_sketch text generated always as (foyer.name_sketch(name)) stored;
    create index clients_name_sketch on foyer.clients (agency_id, name_sketch);
    create index clients_contact on foyer.clients (agency_id, lower(contact_email));

    create table foyer.offboardings (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null,
      client_id uuid not null,
      workflow_id text not null constraint offboardings_workflow unique,
      state text not null default 'scheduled' constraint offboardings_state check (state in ('scheduled', 'done', 'cancelled')),
      ends_at timestamptz(3) not null,
      message text,
      actor jsonb not null,
      reminders_sent integer not null default 0,
      pack_state text not null default 'making' constraint offboardings_pack_state check (pack_state in ('making', 'made', 'too_large', 'gone')),
      created_at timestamptz(3) not null default now(),
      finished_at timestamptz(3),
      primary key (agency_id, id),
      constraint offboardings_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id),
      constraint offboardings_finished check ((state = 'scheduled') = (finished_at is null))
    );
    create index offboardings_of_client on foyer.offboardings (agency_id, client_id, created_at desc);
    create unique index offboardings_one_at_a_time on foyer.offboardings (agency_id, client_id) where state = 'scheduled';

    create table foyer.export_packs (
      agency_id uuid not null,
      offboarding_id uuid not null,
      client_id uuid not null,
      content bytea not null,
      made_at timestamptz(3) not null default now(),
      expires_at timestamptz(3) not null,
      primary key (agency_id, offboarding_id),
      constraint export_packs_offboarding foreign key (agency_id, offboarding_id) references foyer.offboardings (agency_id, id) on delete cascade,
      constraint export_packs_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id)
    );
    create index export_packs_of_client on foyer.export_packs (agency_id, client_id);
    -- It is compressed as it comes.
    alter table foyer.export_packs alter content set storage external;

    -- Nobody who looks through the API finds what was erased.
    create policy erased on foyer.clients as restrictive for select to foyer_api using (erased_at is null);
    grant delete on foyer.client_brands to foyer_worker;

    -- A note for the erasure, no tie: whoever repeats a request is answered as the first time, whatever became of the client since.
    alter table foyer.idempotency_keys add about_client uuid;
    create index idempotency_keys_of_client on foyer.idempotency_keys (agency_id, about_client) where about_client is not null;
    grant select (agency_id, about_client), update (answer, fingerprint) on foyer.idempotency_keys to foyer_worker;
    create function foyer.keep_answer(of_agency uuid, of_client uuid, of_key bytea, of_request bytea, with_status integer, the_answer bytea)
    returns boolean
    language plpgsql as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true), set_config('synchronous_commit', 'off', true);
      insert into foyer.idempotency_keys (agency_id, about_client, key_hash, fingerprint, status, answer)
      values (of_agency, of_client, of_key, of_request, with_status, the_answer)
      on conflict (agency_id, key_hash) do nothing;
      return found;
    end $$;
    revoke execute on function foyer.keep_answer(uuid, uuid, bytea, bytea, integer, bytea) from public;
    grant execute on function foyer.keep_answer(uuid, uuid, bytea, bytea, integer, bytea) to foyer_api;

    -- The list of clients, with the offboarding that is to come.
    create function foyer.page_of_clients(
      of_agency uuid, only_clients uuid[], names_only boolean, search text, in_state text, after_at timestamptz, after_id uuid, max_rows integer
    )
    returns table (
      id uuid, name text, contact_email text, external_reference text, notes text, state text, version integer, created_at timestamptz,
      onboarding_id uuid, onboarding_state text, blockers jsonb, project_count bigint, offboarding_id uuid, leaves_at timestamptz
    )
    language plpgsql stable as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true);
      return query
        select listed.*, leaving.id, leaving.ends_at
        from foyer.list_visible_clients(of_agency, only_clients, names_only, search, in_state, after_at, after_id, max_rows) as listed
        left join foyer.offboardings as leaving
          on leaving.agency_id = of_agency and leaving.client_id = listed.id and leaving.state = 'scheduled'
        order by listed.created_at desc, listed.id desc;
    end $$;
    revoke execute on function foyer.page_of_clients from public;
    grant execute on function foyer.page_of_clients to foyer_api;

    grant select on foyer.offboardings, foyer.export_packs to foyer_api, foyer_worker;
    grant insert, update, delete on foyer.offboardings, foyer.export_packs to foyer_worker;
  `.execute(db);

  for (const table of ['offboardings', 'export_packs']) {
    await tenantWall(table).execute(db);
    await sightWall(table, { client: 'client_id' }).execute(db);
  }
}
