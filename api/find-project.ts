import { readProject } from '../db/read/project.ts';
import type { ProjectRecord } from '../db/read/projects.ts';
import { readInTenant, type TenantSight } from '../db/tenant.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';

/** The agency's project where it is seen, or the refusal `NOT_FOUND`. */
export async function findProject(deps: Deps, sight: TenantSight, projectId: ProjectId): Promise<ProjectRecord> {
  const project = await projectInSight(deps, sight, projectId);
  if (!project) throw refused('NOT_FOUND');
  return project;
}

/** The agency's project where it is seen. */
export async function projectInSight({ db }: Deps, sight: TenantSight, projectId: ProjectId): Promise<ProjectRecord | undefined> {
  return readInTenant(db, sight, (reader) => readProject(reader, sight.agencyId, projectId));
}
