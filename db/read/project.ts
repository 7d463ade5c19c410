import type { AgencyId, ProjectId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type ProjectRecord, selectProjects, toProject } from './projects.ts';

/** One project of the agency, or undefined when it is not the agency's. */
export async function readProject(reader: TenantReader, agencyId: AgencyId, projectId: ProjectId): Promise<ProjectRecord | undefined> {
  const row = await selectProjects(reader, agencyId).where('project.id', '=', projectId).executeTakeFirst();
  return row && toProject(row, new Date());
}
