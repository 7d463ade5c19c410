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

/**
 * A page of the clients that look like an older one, newest first. Archived ones are out of the way already. All clients are put in order once: to look
 * for each one's like took the square of their number.
 */
export async function listDuplicates(reader: TenantReader, agencyId: AgencyId, page: PageRequest): Promise<Page<DuplicateRecord>> {
  const rows = await reader
    .selectFrom((eb) =>
      eb
        .selectFrom('clients')
        .where('agency_id', '=', agencyId)
        .where('state', '!=', 'archived')
        .select([
          'id',
          'name',
          'state',
          'created_at',
          'name_sketch',
          sql<ClientId>`case when name_sketch is null then id else first_value(id) over (partition by name_sketch order by created_at, id) end`.as('of_name'),
          sql<ClientId>`case when contact_email is null then id else first_value(id) over (partition by lower(contact_email) order by created_at, id) end`.as(
            'of_contact',
          ),
        ])
        .as('client'),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('clients as older')
          .where('older.agency_id', '=', agencyId)
          .where(sql<boolean>`older.id in (client.of_name, client.of_contact) and older.id != client.id`)
          .orderBy('older.created_at')
          .orderBy('older.id')
          .limit(1)
          .select(['older.id', 'older.name', 'older.state', sql<boolean>`coalesce(older.name_sketch = client.name_sketch, false)`.as('by_name')])
          .as('twin'),
      (join) => join.onTrue(),
    )
    .where(sql<boolean>`(client.of_name != client.id or client.of_contact != client.id)`)
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
