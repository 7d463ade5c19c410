import { type Kysely, sql } from 'kysely';
import { sightWall, tenantWall } from '../walls.ts';

/** The people of an account, and what of an agency a member who is restricted to some clients sees. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.memberships (
      agency_id uuid not null references foyer.accounts (id),
      person_id uuid not null,
      role text not null constraint memberships_role check (role in ('owner', 'admin', 'viewer')),
      restricted boolean not null default false,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      primary key (agency_id, person_id),
      constraint memberships_owner_sees_all check (not (role = 'owner' and restricted))
    );
    create index memberships_of_person on foyer.memberships (person_id);

    create table foyer.membership_clients (
      agency_id uuid not null,
      person_id uuid not null,
      client_id uuid not null,
      primary key (agency_id, person_id, client_id),
      constraint membership_clients_membership foreign key (agency_id, person_id) references foyer.memberships (agency_id, person_id) on delete cascade,
      constraint membership_clients_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id) on delete cascade
    );
    create index membership_clients_of_client on foyer.membership_clients (agency_id, client_id);

    grant select, delete on foyer.memberships, foyer.membership_clients to foyer_api;
    grant insert (agency_id, person_id, role, restricted), update (role, restricted, updated_at) on foyer.memberships to foyer_api;
    grant insert (agency_id, person_id, client_id) on foyer.membership_clients to foyer_api;
    grant select on foyer.memberships to foyer_worker;

    create function foyer.presented_person() returns uuid language sql stable parallel safe
      return nullif(current_setting('foyer.presented_person', true), '')::uuid;

    -- Null for whoever is not restricted.
    create function foyer.visible_clients() returns uuid[] language sql stable parallel safe
      return nullif(current_setting('foyer.visible_clients', true), '')::uuid[];
  `.execute(db);

  await sql`
    -- What belongs to these clients, looked up once a statement.
    create function foyer.visible_projects() returns setof uuid language plpgsql stable parallel safe as $$
    begin
      return query select id from foyer.projects where agency_id = foyer.current_agency() and client_id = any (foyer.visible_clients());
    end $$;

    create function foyer.visible_onboardings() returns setof uuid language plpgsql stable parallel safe as $$
    begin
      return query select id from foyer.onboardings where agency_id = foyer.current_agency() and client_id = any (foyer.visible_clients());
    end $$;
  `.execute(db);

  const presented = `person_id = (select foyer.presented_person())`;
  await tenantWall('memberships', { orHolder: presented }).execute(db);
  await tenantWall('membership_clients', { orHolder: presented }).execute(db);
  await sql`
    create policy member on foyer.accounts for select to foyer_api
      using (id in (select agency_id from foyer.memberships where person_id = (select foyer.presented_person())))
  `.execute(db);

  for (const table of ['projects', 'sharings', 'onboardings', 'events', 'membership_clients']) await sightWall(table, { client: 'client_id' }).execute(db);
  await sightWall('clients', { client: 'id' }).execute(db);
  for (const table of ['badges', 'reports']) await sightWall(table, { through: 'projects', key: 'project_id' }).execute(db);
  await sightWall('onboarding_steps', { through: 'onboardings', key: 'onboarding_id' }).execute(db);

  await sql`
    create function foyer.find_memberships(of_person uuid)
    returns table (account_id uuid, kind text, account_name text, role text, client_ids uuid[], created_at timestamptz)
    language plpgsql stable as $$
    begin
      perform set_config('foyer.presented_person', of_person::text, true);
      return query
        select account.id, account.kind, account.name, membership.role,
          case when membership.restricted then array(
            select visible.client_id from foyer.membership_clients as visible
            where visible.agency_id = membership.agency_id and visible.person_id = of_person order by visible.client_id
          ) end,
          membership.created_at
        from foyer.memberships as membership join foyer.accounts as account on account.id = membership.agency_id
        where membership.person_id = of_person
        order by membership.created_at, account.id;
    end $$;

    create function foyer.list_visible_clients(
      of_agency uuid, only_clients uuid[], search text, in_state text, after_at timestamptz, after_id uuid, max_rows integer
    )
    returns table (
      id uuid, name text, contact_email text, external_reference text, notes text, state text, version integer, created_at timestamptz,
      onboarding_id uuid, onboarding_state text, blockers jsonb, project_count bigint
    )
    language plpgsql stable as $$
    begin
      perform set_config('foyer.visible_clients', coalesce(only_clients::text, ''), true);
      return query select * from foyer.list_clients(of_agency, search, in_state, after_at, after_id, max_rows);
    end $$;

    revoke execute on function foyer.find_memberships, foyer.list_visible_clients from public;
    grant execute on function foyer.find_memberships, foyer.list_visible_clients to foyer_api;
  `.execute(db);
}
