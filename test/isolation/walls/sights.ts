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

/** Where a member who is restricted to some clients sees rows of others, or not those of their own; all tables, or one. */
export async function sights(session: WallSession, { id: agency, clientId }: FurnishedAgency, only?: string): Promise<string[]> {
  const tables = (await sightedTables(session)).filter(({ name }) => only === undefined || name === only);
  const readings = (await readersOf(session, tables)).map(({ role, name }) => ({
    name,
    role,
    attempts: [undefined, [randomUUID(), clientId], [randomUUID()], []].map((visibleClients) => ({
      role,
      claims: { agency, ...(visibleClients && { visibleClients }) },
      statement: `select from foyer.${name}`,
    })),
  }));
  const counts = (await session.attempt(readings.flatMap(({ attempts }) => attempts))).map(({ count }) => count);
  return readings.flatMap(({ name, role, attempts }, index) => {
    const [all = 0, own = 0, others = 0, nothing = 0] = counts.slice(index * attempts.length);
    return [
      ...(all === 0 || own !== all ? [`${role} sees nothing of its own in ${name}`] : []),
      ...(others > 0 || nothing > 0 ? [`${role} sees a hidden client's rows in ${name}`] : []),
    ];
  });
}

async function readersOf(session: WallSession, tables: TenantTable[]): Promise<{ role: Role; name: string }[]> {
  const rows = await session.query(
    `select name, role from unnest($1::text[]) name, unnest($2::text[]) role where has_table_privilege(role, 'foyer.' || name, 'select')`,
    [tables.map(({ name }) => name), roles],
  );
  return rows.map(({ name, role }) => ({ name: String(name), role: role as Role }));
}
