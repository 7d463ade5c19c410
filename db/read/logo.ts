import type { AgencyId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** The PNG of a logo that the agency shows somewhere, by the SHA-256 of its bytes in hex. */
export async function readLogo(reader: TenantReader, agencyId: AgencyId, hash: string): Promise<Buffer | undefined> {
  const row = await reader.selectFrom('logos').select('png').where('agency_id', '=', agencyId).where('hash', '=', Buffer.from(hash, 'hex')).executeTakeFirst();
  return row?.png;
}
