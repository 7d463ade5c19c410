import { sql } from 'kysely';
import type { AgencyId, ClientId, OffboardingId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** The zip of the client's newest offboarding while it is kept; undefined when there is none. */
export async function readExportPack(
  reader: TenantReader,
  agencyId: AgencyId,
  clientId: ClientId,
): Promise<{ offboardingId: OffboardingId; content: Buffer } | undefined> {
  const row = await reader
    .selectFrom('export_packs')
    .select(['offboarding_id', 'content'])
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { offboardingId: row.offboarding_id, content: row.content };
}
