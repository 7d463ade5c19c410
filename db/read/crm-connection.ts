import type { CrmProvider } from '../../domain/crm.ts';
import { type CrmReading, crmReading } from '../../domain/crm-reading.ts';
import type { AgencyId, CrmConnectionId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

export interface CrmConnectionRecord {
  id: CrmConnectionId;
  agencyId: AgencyId;
  provider: CrmProvider;
  /** Encrypted; the current one, and for a day after a rotation the one before it. */
  secrets: Buffer[];
  reading: CrmReading;
}

/** The connection an event came in by, unless it was deleted. Needs the sight of its agency, or of `presentedConnectionId`. */
export async function readCrmConnection(reader: TenantReader, connectionId: CrmConnectionId): Promise<CrmConnectionRecord | undefined> {
  const row = await reader.selectFrom('crm_connections').selectAll().where('id', '=', connectionId).where('deleted_at', 'is', null).executeTakeFirst();
  if (!row) return undefined;
  const previous = row.previous_secret && row.previous_valid_until && row.previous_valid_until > new Date() ? [row.previous_secret] : [];
  return {
    id: row.id,
    agencyId: row.agency_id,
    provider: row.provider,
    secrets: [row.secret, ...previous],
    reading: crmReading(row),
  };
}
