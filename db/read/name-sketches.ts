import { sql } from 'kysely';
import type { TenantReader } from '../tenant.ts';

/** What each of the names is compared by to find duplicates, in their order. */
export async function nameSketches(reader: TenantReader, names: readonly string[]): Promise<(string | null)[]> {
  const sketched = sql<{ sketch: string | null }>`(
    select foyer.name_sketch(name) as sketch, place from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) with ordinality as given (name, place)
  )`.as<'sketched'>('sketched');
  const rows = await reader.selectFrom(sketched).select('sketch').orderBy(sql`place`).execute();
  return rows.map(({ sketch }) => sketch);
}
