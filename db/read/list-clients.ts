import { type Kysely, sql } from 'kysely';
import type { ClientState } from '../../domain/client.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';
import { type ClientRecord, type ClientRow, toClient } from './clients.ts';
import { cutPage, type Page, type PageRequest } from './page.ts';

export interface ClientFilter {
  /** Part of the name, the contact e-mail or the external reference, in any case. */
  query?: string | undefined;
  state?: ClientState | undefined;
}

/** A page of the agency's clients, newest first. */
export async function listClients(
  db: Kysely<Database>,
  agencyId: AgencyId,
  { query: search, state }: ClientFilter,
  { limit, after }: PageRequest,
): Promise<Page<ClientRecord>> {
  const part = search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<ClientRow>`
    select * from foyer.list_clients(${agencyId}, ${part}, ${state ?? null}, ${after?.at ?? null}, ${after?.id ?? null}, ${limit + 1})
  `.execute(db);
  return cutPage(rows, limit, toClient);
}
