import { CompiledQuery, sql } from 'kysely';
import type { AccountId } from '../../domain/ids.ts';
import type { TestDatabase } from './database.ts';

/** That somebody was refused is written down: it is no change of anything. */
const leftOut: Record<string, string> = {
  events: `and row.kind <> 'attempt.refused'`,
  event_seals: `and row.event_id not in (select id from foyer.events as event where event.kind = 'attempt.refused')`,
};

/** All databases of a run have the same tables, and the statement over them all is long: it is put together once. */
let statement: Promise<string> | undefined;

async function overAllTables(admin: TestDatabase['admin']): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns where table_schema = 'foyer' and column_name = 'agency_id' order by table_name
  `.execute(admin);
  const contents = [{ name: 'accounts', column: 'id' }, ...rows.map(({ name }) => ({ name, column: 'agency_id' }))].map(
    ({ name, column }) => `
      select '${name}' as name, count(*) || ' rows, ' || md5(coalesce(string_agg(row::text, E'\\n' order by row::text), '')) as content
      from foyer."${name}" as row where "${column}" = $1 ${leftOut[name] ?? ''}`,
  );
  return contents.join(' union all ');
}

/** By table, how many rows a tenant has and a hash of all that stands in them: equal before and after means that nothing changed. */
export async function tenantRows({ admin }: TestDatabase, agencyId: AccountId): Promise<Record<string, string>> {
  statement ??= overAllTables(admin);
  const { rows } = await admin.executeQuery<{ name: string; content: string }>(CompiledQuery.raw(await statement, [agencyId]));
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}
