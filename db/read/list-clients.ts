import { sql } from 'kysely';
import type { ClientState } from '../../domain/client.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type ClientRecord, selectClients, toClient } from './clients.ts';
import { behind, cutPage, type Page, type PageRequest } from './page.ts';

export interface ClientFilter {
  /** Part of the name, the contact e-mail or the external reference, in any case. */
  query?: string | undefined;
  state?: ClientState | undefined;
}

/** A page of the agency's clients, newest first. */
export async function listClients(
  reader: TenantReader,
  agencyId: AgencyId,
  { query: search, state }: ClientFilter,
  page: PageRequest,
): Promise<Page<ClientRecord>> {
  let query = selectClients(reader, agencyId);
  if (state) query = query.where('client.state', '=', state);
  if (search) {
    const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([
        sql<boolean>`client.name_key like casefold(normalize(${part}, NFKC) collate pg_unicode_fast)`,
        eb('client.contact_email', 'ilike', part),
        eb('client.external_reference', 'ilike', part),
      ]),
    );
  }
  if (page.after) query = query.where(behind('client', page.after));
  const rows = await query
    .orderBy('client.created_at', 'desc')
    .orderBy('client.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return cutPage(rows, page.limit, toClient);
}
