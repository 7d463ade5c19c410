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
