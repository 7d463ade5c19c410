import { sql } from 'kysely';
import type { ClientState } from '../../domain/client.ts';
import type { LookalikeReason } from '../../domain/duplicate.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

export interface NamedClient {
  id: ClientId;
  name: string;
  state: ClientState;
}

/** A client, and an older one that it may be a duplicate of. */
export interface DuplicateRecord {
  client: NamedClient;
  duplicateOf: NamedClient;
  reason: LookalikeReason;
}

/** A page of the clients that look like an older one, newest first. Archived ones are out of the way already. */
export async function listDuplicates(reader: TenantReader, agencyId: AgencyId, page: PageRequest): Promise<Page<DuplicateRecord>> {
  const rows = await reader
    .selectFrom('clients as client')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('clients as older')
          .whereRef('older.agency_id', '=', 'client.agency_id')
          .where('older.state', '!=', 'archived')
          .where(sql<boolean>`(older.created_at, older.id) < (client.created_at, client.id)`)
          .where((each) =>
            each.or([
              sql<boolean>`older.id = any (array(select twin.id from clients as twin where twin.agency_id = client.agency_id and twin.name_sketch = client.name_sketch))`,
              sql<boolean>`older.id = any (array(select twin.id from clients as twin where twin.agency_id = client.agency_id and lower(twin.contact_email) = lower(client.contact_email)))`,
            ]),
          )
          .orderBy('older.created_at')
          .orderBy('older.id')
          .limit(1)
          .select(['older.id', 'older.name', 'older.state', sql<boolean>`coalesce(older.name_sketch = client.name_sketch, false)`.as('by_name')])
          .as('twin'),
      (join) => join.onTrue(),
    )
    .where('client.agency_id', '=', agencyId)
    .where('client.state', '!=', 'archived')
    .select([
      'client.id',
      'client.name',
      'client.state',
      'client.created_at',
      'twin.id as twin_id',
      'twin.name as twin_name',
      'twin.state as twin_state',
      'twin.by_name',
    ])
    .$call(newestFirst('client', page))
    .execute();
  return cutPage(rows, page.limit, (row) => ({
    client: { id: row.id, name: row.name, state: row.state },
    duplicateOf: { id: row.twin_id, name: row.twin_name, state: row.twin_state },
    reason: row.by_name ? 'name' : 'contact',
  }));
}
