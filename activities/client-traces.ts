import { dropUnusedLogos, lockBrands } from '../db/drop-unused-logos.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';

/**
 * What names a client beside its own row is gone: what its events told of it, its brand, the answers that are kept for idempotency keys. Behind the
 * client's lock, and before its row goes: brands are locked first by whoever sets one.
 */
export async function forgetTraces(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<void> {
  const ofClient = (table: 'event_details' | 'client_brands') =>
    tx.deleteFrom(table).where('agency_id', '=', agencyId).where('client_id', '=', clientId).execute();
  await lockBrands(tx, agencyId);
  await Promise.all([
    ofClient('event_details'),
    ofClient('client_brands'),
    // The key stays used: the request it came with must not make the client anew.
    tx
      .updateTable('idempotency_keys')
      .set({ answer: Buffer.alloc(0), fingerprint: Buffer.alloc(32) })
      .where('agency_id', '=', agencyId)
      .where('about_client', '=', clientId)
      .execute(),
  ]);
  await dropUnusedLogos(tx, agencyId);
}
