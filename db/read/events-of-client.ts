import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type EventRecord, selectEvents, toEvent } from './event-records.ts';

/** Everything that happened to one client, oldest first. */
export async function eventsOfClient(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<EventRecord[]> {
  const rows = await selectEvents(reader, agencyId).where('event.client_id', '=', clientId).orderBy('event.at').orderBy('event.id').execute();
  return rows.map(toEvent);
}
