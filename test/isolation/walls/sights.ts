import { randomUUID } from 'node:crypto';
import { type TenantTable, tenantTables } from './tenant-tables.ts';
import type { FurnishedAgency } from './two-agencies.ts';
import { type Role, roles, type WallSession } from './wall-session.ts';

const tyingColumns = ['client_id', 'project_id', 'onboarding_id'];

/** The tables whose rows are tied to a client, by their columns: whoever adds one is held to the same wall. */
export async function sightedTables(session: WallSession): Promise<TenantTable[]> {
  const tables = await tenantTables(session);
  return tables.filter(({ name, columns }) => name === 'clients' || columns.some((column) => tyingColumns.includes(column)));
}

/** Where a member who is restricted to some clients sees rows of others, or not those of their own. */
export async function sights(session: WallSession, { id: agency, clientId }: FurnishedAgency): Promise<string[]> {
  const violations: string[] = [];
  for (const { name } of await sightedTables(session)) {
    for (const role of await readersOf(session, name)) {
      const seen = async (visibleClients?: string[]) =>
        (await session.attempt(role, { agency, ...(visibleClients && { visibleClients }) }, `select from foyer.${name}`)).count;
      const all = await seen();
      if (all === 0 || (await seen([randomUUID(), clientId])) !== all) violations.push(`${role} sees nothing of its own in ${name}`);
      if ((await seen([randomUUID()])) > 0 || (await seen([])) > 0) violations.push(`${role} sees a hidden client's rows in ${name}`);
    }
  }
  return violations;
}

async function readersOf(session: WallSession, table: string): Promise<Role[]> {
  const rows = await session.query(`select role from unnest($1::text[]) role where has_table_privilege(role, $2, 'select')`, [roles, `foyer.${table}`]);
  return roles.filter((role) => rows.some((row) => row.role === role));
}
