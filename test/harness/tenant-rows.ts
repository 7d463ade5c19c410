import { sql } from 'kysely';
import type { AccountId } from '../../domain/ids.ts';
import type { TestDatabase } from './database.ts';

/** That somebody was refused is written down: it is no change of anything. */
const leftOut: Record<string, ReturnType<typeof sql>> = {
  events: sql`and row.kind <> 'attempt.refused'`,
  event_seals: sql`and row.event_id not in (select id from foyer.events as event where event.kind = 'attempt.refused')`,
};

/** All databases of a run have the same. */
let tables: Promise<string[]> | undefined;

async function tenantTables(admin: TestDatabase['admin']): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns where table_schema = 'foyer' and column_name = 'agency_id' order by table_name
  `.execute(admin);
  return rows.map(({ name }) => name);
}

/** By table, how many rows a tenant has and a hash of all that stands in them: equal before and after means that nothing changed. */
export async function tenantRows({ admin }: TestDatabase, agencyId: AccountId): Promise<Record<string, string>> {
  tables ??= tenantTables(admin);
  const contents = [{ name: 'accounts', column: 'id' }, ...(await tables).map((name) => ({ name, column: 'agency_id' }))].map(
    ({ name, column }) => sql`
      select ${sql.lit(name)} as name, count(*) || ' rows, ' || md5(coalesce(string_agg(row::text, E'\\n' order by row::text), '')) as content
      from ${sql.table(`foyer.${name}`)} as row where ${sql.ref(column)} = ${agencyId} ${leftOut[name] ?? sql``}
    `,
  );
  const { rows } = await sql<{ name: string; content: string }>`${sql.join(contents, sql` union all `)}`.execute(admin);
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}
