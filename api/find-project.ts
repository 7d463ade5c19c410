import { readProject } from '../db/read/project.ts';
import type { ProjectRecord } from '../db/read/projects.ts';
import { readInTenant } from '../db/tenant.ts';
import type { AgencyId, ProjectId } from '../domain/ids.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';

/** The agency's project, or the refusal `NOT_FOUND`. */
export async function findProject({ db }: Deps, agencyId: AgencyId, projectId: ProjectId): Promise<ProjectRecord> {
  const project = await readInTenant(db, { agencyId }, (reader) => readProject(reader, agencyId, projectId));
  if (!project) throw refused('NOT_FOUND');
  return project;
}
