import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { OnboardingFacts } from '../../domain/project-move.ts';
import type { TenantReader } from '../tenant.ts';

/** The onboardings of these clients that have not ended, oldest first. */
export async function unfinishedOnboardings(reader: TenantReader, agencyId: AgencyId, clientIds: ClientId[]): Promise<OnboardingFacts[]> {
  const rows = await reader
    .selectFrom('onboardings')
    .select(['id', 'client_id', 'state', 'project_id'])
    .where('agency_id', '=', agencyId)
    .where('client_id', 'in', clientIds)
    .where('finished_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .$narrowType<{ client_id: ClientId }>()
    .execute();
  return rows.map((row) => ({ id: row.id, clientId: row.client_id, state: row.state, projectId: row.project_id }));
}
