import { readSharing } from '../db/read/sharing.ts';
import { readInTenant } from '../db/tenant.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { AppEnv } from './environment.ts';
import { refused } from './refused.ts';
import { presentSharing } from './representations/sharing.ts';

/** The sharing of a project that the caller sees, or the refusal `NOT_FOUND`. */
export async function findSharing(caller: Pick<AppEnv['Variables'], 'deps' | 'sight' | 'may'>, projectId: ProjectId) {
  const { deps, sight } = caller;
  const record = await readInTenant(deps.db, sight, (reader) => readSharing(reader, sight.agencyId, projectId));
  if (!record) throw refused('NOT_FOUND');
  return presentSharing(record, caller);
}
