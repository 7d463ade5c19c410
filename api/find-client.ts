import { readClient } from '../db/read/client.ts';
import type { ClientRecord } from '../db/read/clients.ts';
import { readInTenant, type TenantSight } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';

/** The agency's client, or the refusal `NOT_FOUND`: also where it is out of the caller's sight. */
export async function findClient({ db }: Deps, sight: TenantSight, clientId: ClientId): Promise<ClientRecord> {
  const client = await readInTenant(db, sight, (reader) => readClient(reader, sight.agencyId, clientId));
  if (!client) throw refused('NOT_FOUND');
  return client;
}
