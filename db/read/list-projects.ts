import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { cutPage, newestFirst, type Page, type PageRequest, partOf } from './page.ts';
import { type ProjectRecord, selectProjects, toProject } from './projects.ts';

export interface ProjectFilter {
  assigned?: boolean | undefined;
  clientId?: ClientId | undefined;
  /** Part of the name or the domain, in any case. */
  query?: string | undefined;
}

/** A page of the agency's projects, newest first. */
export async function listProjects(
  reader: TenantReader,
  agencyId: AgencyId,
  { assigned, clientId, query: search }: ProjectFilter,
  page: PageRequest,
): Promise<Page<ProjectRecord>> {
  let query = selectProjects(reader, agencyId);
  if (assigned !== undefined) query = query.where('project.client_id', assigned ? 'is not' : 'is', null);
  if (clientId) query = query.where('project.client_id', '=', clientId);
  if (search) {
    const part = partOf(search);
    query = query.where((is) => is.or([is('project.name', 'ilike', part), is('project.domain', 'ilike', part)]));
  }
  const rows = await query.$call(newestFirst('project', page)).execute();
  const now = new Date();
  return cutPage(rows, page.limit, (row) => toProject(row, now));
}
