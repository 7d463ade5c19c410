import { type Kysely, sql } from 'kysely';
import type { ClientState } from '../../domain/client.ts';
import type { Database } from '../schema.ts';
import type { TenantSight } from '../tenant.ts';
import { type ClientRecord, type ClientRow, toClient } from './clients.ts';
import { cutPage, type Page, type PageRequest, partOf } from './page.ts';

export interface ClientFilter {
  /** Part of the name, the contact e-mail or the external reference, in any case. */
  query?: string | undefined;
  state?: ClientState | undefined;
  /** Find by the name alone, for whoever is not shown the rest. */
  namesOnly?: boolean;
}

/** A page of the agency's clients as far as they are seen, newest first. */
export async function listClients(
  db: Kysely<Database>,
  { agencyId, clientIds }: TenantSight,
  { query: search, state, namesOnly = false }: ClientFilter,
  { limit, after }: PageRequest,
): Promise<Page<ClientRecord>> {
  const part = search ? partOf(search) : null;
  const { rows } = await sql<ClientRow>`
    select * from foyer.page_of_clients(
      ${agencyId}, ${clientIds ?? null}, ${namesOnly}, ${part}, ${state ?? null}, ${after?.at ?? null}, ${after?.id ?? null}, ${limit + 1}
    )
  `.execute(db);
  return cutPage(rows, limit, toClient);
}
