import { type Kysely, sql } from 'kysely';
import { sightWall, tenantWall } from '../walls.ts';

/** Fields of a client that stood in events before they were kept apart; as `personalFields` of `domain/event.ts` had them then. */
const personal = sql.raw(`array['name', 'contact_email', 'external_reference', 'notes']`);

/**
 * The history as a chain: each event of an account is sealed, as its transaction commits, with the hash of the one before it. Where a request came
 * from is told with the event. What is personal of a client stands beside the event, so that it can be erased without breaking the chain.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table foyer.events
      add column origin jsonb,
      add column details_hash bytea constraint events_details_hash_length check (octet_length(details_hash) = 32);
    create index events_newest on foyer.events (agency_id, at desc, id desc);
    create index events_newest_of_client on foyer.events (agency_id, client_id, at desc, id desc) where client_id is not null;

    -- No foreign keys to events: they would need the right to update them, which nobody has. What is missing or too much is found by verify-history.
    create table foyer.event_details (
      agency_id uuid not null references foyer.accounts (id),
      event_id uuid not null,
      client_id uuid not null,
      salt bytea not null,
      content text not null,
      primary key (agency_id, event_id)
    );
    create index event_details_of_client on foyer.event_details (agency_id, client_id);

    create table foyer.event_seals (
      agency_id uuid not null references foyer.accounts (id),
      position bigint not null constraint event_seals_position check (position > 0),
      event_id uuid not null,
      previous_hash bytea not null constraint event_seals_previous_hash_length check (octet_length(previous_hash) = 32),
      hash bytea not null constraint event_seals_hash_length check (octet_length(hash) = 32),
      primary key (agency_id, position),
      constraint event_seals_event unique (agency_id, event_id)
    );

    -- Every column, each with its length before it, so that no two events read the same. db/verify-history.ts does this again by itself.
    create function foyer.event_hash(previous_hash bytea, at_position bigint, event foyer.events) returns bytea
    language sql stable set search_path = pg_catalog as $$
      select sha256(previous_hash || convert_to(string_agg(coalesce(octet_length(field) || ':' || field, '-'), ',' order by place), 'UTF8'))
      from unnest(array[
        at_position::text, event.agency_id::text, event.id::text, event.txid::text, event.kind, event.actor::text, event.origin::text,
        event.client_id::text, event.project_id::text, event.onboarding_id::text, event.before::text, event.after::text,
        encode(event.details_hash, 'hex'), (extract(epoch from event.at) * 1000)::bigint::text
      ]) with ordinality as fields (field, place)
    $$;

    -- With the rights of its owner, for nobody else may write seals. The lock is the last one a transaction takes, and held for its commit alone.
    create function foyer.seal_event() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    declare
      last_position bigint;
      last_hash bytea;
    begin
      perform pg_advisory_xact_lock(8, hashtext(new.agency_id::text));
      select seal.position, seal.hash into last_position, last_hash
        from foyer.event_seals as seal where seal.agency_id = new.agency_id order by seal.position desc limit 1;
      last_position := coalesce(last_position, 0);
      last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
      insert into foyer.event_seals (agency_id, position, event_id, previous_hash, hash)
        values (new.agency_id, last_position + 1, new.id, last_hash, foyer.event_hash(last_hash, last_position + 1, new));
      return null;
    end $$;
    revoke execute on function foyer.event_hash, foyer.seal_event from public;
  `.execute(db);
  await sealWhatIsThere(db);
  await sql`
    create constraint trigger events_seal after insert on foyer.events
      deferrable initially deferred for each row execute function foyer.seal_event();

    grant select on foyer.event_seals, foyer.event_details to foyer_api, foyer_worker;
    grant insert on foyer.event_details to foyer_api, foyer_worker;
    grant delete on foyer.event_details to foyer_worker;
    revoke update, delete, truncate on foyer.event_seals from foyer_owner;
  `.execute(db);
  for (const table of ['event_details', 'event_seals']) await tenantWall(table).execute(db);
  await sightWall('event_details', { client: 'client_id' }).execute(db);
}

/** Every account's events in the order in which they are read. The owner sees them all, and may change them, within this transaction alone. */
async function sealWhatIsThere(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table foyer.events no force row level security;
    grant update on foyer.events to foyer_owner;

    insert into foyer.event_details (agency_id, event_id, client_id, salt, content)
    select agency_id, id, client_id, uuid_send(gen_random_uuid()), jsonb_build_object(
      'before', (select jsonb_object_agg(key, value) from jsonb_each(case jsonb_typeof(before) when 'object' then before end) where key = any (${personal})),
      'after', (select jsonb_object_agg(key, value) from jsonb_each(case jsonb_typeof(after) when 'object' then after end) where key = any (${personal}))
    )::text
    from foyer.events where client_id is not null and (before ?| ${personal} or after ?| ${personal});

    update foyer.events as event set
      details_hash = sha256(details.salt || convert_to(details.content, 'UTF8')),
      before = case jsonb_typeof(before) when 'object' then before - ${personal} else before end,
      after = case jsonb_typeof(after) when 'object' then after - ${personal} else after end
    from foyer.event_details as details where details.agency_id = event.agency_id and details.event_id = event.id;

    do $$
    declare
      event foyer.events;
      agency uuid;
      place bigint;
      previous bytea;
      sealed bytea;
    begin
      for event in select * from foyer.events order by agency_id, txid, id loop
        if agency is distinct from event.agency_id then
          agency := event.agency_id;
          place := 0;
          previous := decode(repeat('00', 32), 'hex');
        end if;
        place := place + 1;
        sealed := foyer.event_hash(previous, place, event);
        insert into foyer.event_seals (agency_id, position, event_id, previous_hash, hash) values (agency, place, event.id, previous, sealed);
        previous := sealed;
      end loop;
    end $$;

    revoke update on foyer.events from foyer_owner;
    alter table foyer.events force row level security;
  `.execute(db);
}
