import type { WallSession } from './wall-session.ts';

export interface TenantTable {
  name: string;
  /** The column that says whose a row is. */
  tenant: 'agency_id' | 'id';
  /** All columns that can be written. */
  columns: string[];
}

/** The migrator's own; mail, which is encrypted and belongs to whoever it is for; what visitors say of the documentation; signed hashes of chains. They hold nothing of a tenant that can be read. */
export const tablesOfNobody = ['kysely_migration', 'kysely_migration_lock', 'mails', 'docs_feedback', 'history_anchors'];

/** Every table of the schema but the migrator's, from the catalog: whoever adds one is held to the same walls. */
export async function tenantTables(session: WallSession): Promise<TenantTable[]> {
  const rows = await session.query(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'foyer'::regnamespace and c.relkind in ('r', 'p') and not c.relname = any ($1)
      group by c.relname order by c.relname`,
    [tablesOfNobody],
  );
  return rows.map(({ name, columns }) => ({ name: String(name), tenant: name === 'accounts' ? 'id' : 'agency_id', columns: columns as string[] }));
}
