import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type ProjectRecord, selectProjects, toProject } from './projects.ts';

/** The projects of one client, in the order in which its onboarding takes them: oldest first. */
export async function projectsOfClient(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<ProjectRecord[]> {
  const rows = await selectProjects(reader, agencyId).where('project.client_id', '=', clientId).orderBy('project.created_at').orderBy('project.id').execute();
  const now = new Date();
  return rows.map((row) => toProject(row, now));
}
