import { type Kysely, sql } from 'kysely';
import type { AgencyId } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

/**
 * Stands for what the agency's list of clients shows, of whichever page: as long as it is the same, so is every page. Null for an agency that has never
 * had anything to list.
 */
export async function readClientListStamp(db: Kysely<Database>, agencyId: AgencyId): Promise<string | null> {
  const { rows } = await sql<{ stamp: string | null }>`select foyer.client_list_stamp(${agencyId}) as stamp`.execute(db);
  return rows[0]?.stamp ?? null;
}
