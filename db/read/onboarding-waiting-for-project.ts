import type { AgencyId, ClientId } from '../../domain/ids.ts';
import { statesThatWaitForProject } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';

/** The workflow id of the client's onboarding that waits for a project, if there is one. */
export async function onboardingWaitingForProject(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<string | undefined> {
  const row = await reader
    .selectFrom('onboardings')
    .select('workflow_id')
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .where('state', 'in', statesThatWaitForProject)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.workflow_id;
}
