import type { AgencyId } from '../domain/ids.ts';
import type { Stage } from './stage.ts';

/**
 * Gives an agency so many active clients as onboardings leave them behind: each with an ended onboarding, two of three with a project. A client a
 * minute, so that pages are in the order of their making.
 */
export async function fillAgency({ admin }: Stage, agencyId: AgencyId, count: number): Promise<void> {
  await admin.query(
    `with client as (
       insert into foyer.clients (agency_id, id, name, contact_email, external_reference, state, created_at)
       select $1, uuidv7(make_interval(mins => n - $2::int)), 'Client ' || n || ' of the agency', 'contact-' || n || '@client.example', 'CRM-' || n,
              'active', now() + make_interval(mins => n - $2::int)
       from generate_series(1, $2::int) n
       returning agency_id, id, name, external_reference, created_at, substr(external_reference, 5)::int as n
     ), project as (
       insert into foyer.projects (agency_id, id, name, domain, client_id, created_at)
       select agency_id, uuidv7(), 'Site of ' || name, 'site-' || n || '.example', id, created_at from client where n % 3 > 0
       returning agency_id, id, client_id
     )
     insert into foyer.onboardings
       (agency_id, id, workflow_id, source, actor, client_id, client_created, project_id, project_assigned, state, on_limit, created_at, state_since, finished_at)
     select client.agency_id, made.id, 'onboard-client/' || client.agency_id || '/' || made.id, 'api', '{"kind": "system", "label": "bench"}', client.id, true,
            project.id, project.id is not null, 'ready_to_share', 'refuse', created_at, created_at, created_at
     from client cross join lateral (select uuidv7() as id, client.id as of_client) made left join project on project.client_id = client.id`,
    [agencyId, count],
  );
  await admin.query('update foyer.plans set client_slots_used = $2 where agency_id = $1', [agencyId, count]);
  await admin.query('vacuum (analyze) foyer.clients, foyer.projects, foyer.onboardings, foyer.plans');
  await admin.query('checkpoint');
}
