import { type Kysely, sql } from 'kysely';

/** What lists of clients say of a wait: since when; when an archived client may be erased; and whether an onboarding shares by itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Null for those that were asked for before this was recorded: their workflows know.
    alter table foyer.onboardings add share_when_ready boolean, add share_chosen_by jsonb;

    -- The same list in one function, with since when the newest onboarding is as it is, and when the client was archived. Postgres looks into an index
    -- only for what cannot tell of rows behind a wall, and takes coalesce for something that could: what a page begins at is therefore settled before.
    drop function foyer.page_of_clients;
    drop function foyer.list_visible_clients;
    drop function foyer.list_clients;
    create function foyer.page_of_clients(
      of_agency uuid, only_clients uuid[], names_only boolean, search text, in_state text, after_at timestamptz, after_id uuid, max_rows integer
    )
    returns table (
      id uuid, name text, contact_email text, external_reference text, notes text, state text, version integer, created_at timestamptz, archived_at timestamptz,
      onboarding_id uuid, onboarding_state text, onboarding_since timestamptz, blockers jsonb, project_count bigint, offboarding_id uuid, leaves_at timestamptz
    )
    language plpgsql stable as $$
    declare
      begin_at timestamptz := coalesce(after_at, 'infinity');
      begin_id uuid := coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
    begin
      perform set_config('foyer.agency_id', of_agency::text, true),
        set_config('foyer.visible_clients', coalesce(only_clients::text, ''), true),
        set_config('foyer.names_only', case when names_only then 'yes' else '' end, true);
      return query
        select client.id, client.name, client.contact_email, client.external_reference, client.notes, client.state, client.version, client.created_at,
          client.archived_at, onboarding.id, onboarding.state, onboarding.state_since, onboarding.blockers,
          (select count(*) from foyer.projects as project where project.agency_id = of_agency and project.client_id = client.id),
          leaving.id, leaving.ends_at
        from foyer.clients as client
        left join lateral (
          select newest.id, newest.state, newest.state_since, newest.blockers from foyer.onboardings as newest
          where newest.agency_id = of_agency and newest.client_id = client.id
          order by newest.created_at desc limit 1
        ) as onboarding on true
        left join foyer.offboardings as leaving
          on leaving.agency_id = of_agency and leaving.client_id = client.id and leaving.state = 'scheduled'
        where client.agency_id = of_agency
          and (client.created_at, client.id) < (begin_at, begin_id)
          and (in_state is null or client.state = in_state)
          and (search is null
            or client.name_key like casefold(normalize(search, NFKC) collate pg_unicode_fast)
            or (nullif(current_setting('foyer.names_only', true), '') is null
              and (client.contact_email ilike search or client.external_reference ilike search)))
        order by client.created_at desc, client.id desc
        limit max_rows;
    end $$;
    revoke execute on function foyer.page_of_clients from public;
    grant execute on function foyer.page_of_clients to foyer_api;
  `.execute(db);
}
