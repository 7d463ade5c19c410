import { sql } from 'kysely';

/**
 * The wall around a tenant's rows: row-level security, forced on the owner too, that shows and takes only rows of the agency set
 * for the transaction (`db/tenant.ts`). With no agency set there are no rows. `orHolder` lets a row be seen, never written, by
 * whoever presents what it was looked up by, before the tenant is known.
 */
export function tenantWall(table: string, { column = 'agency_id', orHolder }: { column?: string; orHolder?: string } = {}) {
  // As a sub-select it is asked once a statement, not once a row.
  const own = `${column} = (select foyer.current_agency())`;
  const holder = orHolder ? `create policy holder on foyer.${table} for select using (${orHolder});` : '';
  return sql.raw(`
    alter table foyer.${table} enable row level security;
    alter table foyer.${table} force row level security;
    create policy tenant on foyer.${table} using (${own}) with check (${own});
    ${holder}
  `);
}

/** What ties a row to a client: a column of its own, or the row of another table that it belongs to. */
type TiedToClient = { client: string } | { through: 'projects' | 'onboardings'; key: string };

const visibleIds = { projects: 'foyer.visible_projects', onboardings: 'foyer.visible_onboardings' };

/**
 * The wall around what a member who is restricted to some clients does not see: rows that are not tied to one of the clients set for the
 * transaction (`Sight` in `db/tenant.ts`) are not there for a reader. With none set everything of the tenant is.
 */
export function sightWall(table: string, tie: TiedToClient) {
  // A function, for the table itself would bring its walls into every plan, where hardly anybody is restricted.
  const visible = 'client' in tie ? `${tie.client} in (select unnest(foyer.visible_clients()))` : `${tie.key} in (select ${visibleIds[tie.through]}())`;
  return sql.raw(`create policy sight on foyer.${table} as restrictive for select using ((select foyer.visible_clients()) is null or ${visible})`);
}

/**
 * What of a table whoever presents the token of a link sees (`Sight` in `db/tenant.ts`): the rows of which `shown` is true while one is presented.
 * Only the API serves links.
 */
export function linkWall(table: string, shown: string) {
  return sql.raw(`create policy link on foyer.${table} for select to foyer_api using ((select foyer.presented_token()) is not null and ${shown})`);
}
