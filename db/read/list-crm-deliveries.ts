import type { CrmDeliveryOutcome } from '../../domain/crm.ts';
import type { AgencyId, CrmConnectionId, OnboardingId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

/** A message as it came in by a connection, and what became of it. */
export interface CrmDeliveryRecord {
  id: string;
  messageId: string;
  /** Null where the message names none. */
  type: string | null;
  outcome: CrmDeliveryOutcome;
  onboardingId: OnboardingId | null;
  /** Why it was ignored, or the code of the refusal. */
  reason: string | null;
  /** Did the same message come before? */
  replayed: boolean;
  receivedAt: Date;
}

/** A page of what came in by a connection, newest first. */
export async function listCrmDeliveries(
  reader: TenantReader,
  { agencyId, connectionId }: { agencyId: AgencyId; connectionId: CrmConnectionId },
  page: PageRequest,
): Promise<Page<CrmDeliveryRecord>> {
  const rows = await reader
    .selectFrom('crm_deliveries')
    .select(['id', 'message_id', 'type', 'outcome', 'onboarding_id', 'reason', 'replayed', 'created_at'])
    .where('agency_id', '=', agencyId)
    .where('connection_id', '=', connectionId)
    .$call(newestFirst('crm_deliveries', page))
    .execute();
  return cutPage(rows, page.limit, (row) => ({
    id: row.id,
    messageId: row.message_id,
    type: row.type,
    outcome: row.outcome,
    onboardingId: row.onboarding_id,
    reason: row.reason,
    replayed: row.replayed,
    receivedAt: row.created_at,
  }));
}
