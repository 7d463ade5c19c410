import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { OnboardingState } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';

export interface WaitingFilter {
  clientIds?: ClientId[];
  states?: readonly OnboardingState[];
}

/** Workflow ids of the agency's unfinished onboardings that a change may concern; who has waited longest first. */
export async function waitingOnboardings(reader: TenantReader, agencyId: AgencyId, { clientIds, states }: WaitingFilter): Promise<string[]> {
  let query = reader.selectFrom('onboardings').select('workflow_id').where('agency_id', '=', agencyId).where('finished_at', 'is', null);
  if (clientIds) query = query.where('client_id', 'in', clientIds);
  if (states) query = query.where('state', 'in', states);
  const rows = await query.orderBy('created_at').orderBy('id').execute();
  return rows.map((row) => row.workflow_id);
}
