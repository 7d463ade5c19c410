import { sql } from 'kysely';
import type { AgencyId, ClientId, OffboardingId } from '../../domain/ids.ts';
import type { OffboardingState, PackState } from '../../domain/offboarding.ts';
import type { TenantReader } from '../tenant.ts';

/** How a client leaves, or left. */
export interface OffboardingRecord {
  id: OffboardingId;
  clientId: ClientId;
  workflowId: string;
  state: OffboardingState;
  endsAt: Date;
  message: string | null;
  remindersSent: number;
  pack: { state: PackState; bytes: number | null; madeAt: Date | null; expiresAt: Date | null };
  createdAt: Date;
  finishedAt: Date | null;
}

/** The client's newest offboarding, or undefined when it never was offboarded. */
export async function readOffboarding(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<OffboardingRecord | undefined> {
  const row = await reader
    .selectFrom('offboardings as offboarding')
    .leftJoin('export_packs as pack', (join) => join.onRef('pack.agency_id', '=', 'offboarding.agency_id').onRef('pack.offboarding_id', '=', 'offboarding.id'))
    .where('offboarding.agency_id', '=', agencyId)
    .where('offboarding.client_id', '=', clientId)
    .select([
      'offboarding.id',
      'offboarding.workflow_id',
      'offboarding.state',
      'offboarding.ends_at',
      'offboarding.message',
      'offboarding.reminders_sent',
      'offboarding.pack_state',
      'offboarding.created_at',
      'offboarding.finished_at',
      'pack.made_at',
      'pack.expires_at',
      sql<number | null>`octet_length(pack.content)`.as('bytes'),
    ])
    .orderBy('offboarding.created_at', 'desc')
    .orderBy('offboarding.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    clientId,
    workflowId: row.workflow_id,
    state: row.state,
    endsAt: row.ends_at,
    message: row.message,
    remindersSent: row.reminders_sent,
    pack: { state: row.pack_state, bytes: row.bytes, madeAt: row.made_at, expiresAt: row.expires_at },
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
