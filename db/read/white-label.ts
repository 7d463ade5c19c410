import type { AgencyId } from '../../domain/ids.ts';
import type { PlanStanding } from '../../domain/plan.ts';
import type { TenantReader } from '../tenant.ts';

/** Whether the agency's plan includes white label, and how the plan stands. */
export async function readWhiteLabel(reader: TenantReader, agencyId: AgencyId): Promise<(PlanStanding & { whiteLabel: boolean }) | undefined> {
  const row = await reader.selectFrom('plans').select(['white_label', 'state', 'period_end']).where('agency_id', '=', agencyId).executeTakeFirst();
  return row && { whiteLabel: row.white_label, state: row.state, periodEnd: row.period_end };
}
