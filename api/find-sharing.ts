import { readSharing } from '../db/read/sharing.ts';
import { readInTenant, type TenantSight } from '../db/tenant.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';
import { presentSharing } from './representations/sharing.ts';

/** The sharing of a project that the caller sees, or the refusal `NOT_FOUND`. */
export async function findSharing(deps: Deps, sight: TenantSight, projectId: ProjectId) {
  const record = await readInTenant(deps.db, sight, (reader) => readSharing(reader, sight.agencyId, projectId));
  if (!record) throw refused('NOT_FOUND');
  return presentSharing(deps, record);
}
