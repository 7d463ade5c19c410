import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { cutPage, newestFirst, type Page, type PageRequest, partOf } from './page.ts';
import { isBlocked, type ProjectRecord, selectProjects, toProject } from './projects.ts';

export interface ProjectFilter {
  assigned?: boolean | undefined;
  clientId?: ClientId | undefined;
  /** Is the report neither shared nor ready to be? */
  blocked?: boolean | undefined;
  /** Part of the name or the domain, in any case. */
  query?: string | undefined;
}

/** A page of the agency's projects, newest first. */
export async function listProjects(
  reader: TenantReader,
  agencyId: AgencyId,
  { assigned, clientId, blocked, query: search }: ProjectFilter,
  page: PageRequest,
): Promise<Page<ProjectRecord>> {
  const now = new Date();
  let query = selectProjects(reader, agencyId);
  if (assigned !== undefined) query = query.where('project.client_id', assigned ? 'is not' : 'is', null);
  if (clientId) query = query.where('project.client_id', '=', clientId);
  if (blocked !== undefined) query = query.where(isBlocked(now), '=', blocked);
  if (search) {
    const part = partOf(search);
    query = query.where((is) => is.or([is('project.name', 'ilike', part), is('project.domain', 'ilike', part)]));
  }
  const rows = await query.$call(newestFirst('project', page)).execute();
  return cutPage(rows, page.limit, (row) => toProject(row, now));
}
