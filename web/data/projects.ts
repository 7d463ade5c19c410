import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

const projects = api.agencies[':agencyId'].projects;
export type ClientProject = InferResponseType<typeof projects.$get, 200>['items'][number];

export interface ProjectFilter {
  query?: string | undefined;
  clientId?: string | undefined;
  assigned?: boolean | undefined;
  blocked?: boolean | undefined;
}

const pageSize = 100;

/** The agency's projects, newest first, a page at a time. */
export function projectsQuery(agencyId: string, { query, clientId, assigned, blocked }: ProjectFilter) {
  return infiniteQueryOptions({
    queryKey: ['agency', agencyId, 'projects', { query, clientId, assigned, blocked }],
    queryFn: ({ pageParam: cursor, signal }) =>
      answered(
        projects.$get(
          {
            param: { agencyId },
            query: {
              limit: String(pageSize),
              ...(query && { query }),
              ...(clientId && { clientId }),
              ...(assigned !== undefined && { assigned: String(assigned) as 'true' | 'false' }),
              ...(blocked !== undefined && { blocked: String(blocked) as 'true' | 'false' }),
              ...(cursor && { cursor }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

export function projectQuery(agencyId: string, projectId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'project', projectId],
    queryFn: ({ signal }) => answered(projects[':projectId'].$get({ param: { agencyId, projectId } }, { init: { signal } })),
  });
}

const preview = projects[':projectId']['move-preview'];
export type MovePreview = InferResponseType<typeof preview.$get, 200>;

/** What putting the project under this client, or under none, will do. */
export function previewMove(agencyId: string, projectId: string, clientId: string | null) {
  return answered(preview.$get({ param: { agencyId, projectId }, query: clientId === null ? {} : { clientId } }));
}

export function movePreviewQuery(agencyId: string, projectId: string, clientId: string | null) {
  return queryOptions({ queryKey: ['agency', agencyId, 'move-preview', projectId, clientId], queryFn: () => previewMove(agencyId, projectId, clientId) });
}

/** Puts the project under a client, or under none. */
export function assignProject(agencyId: string, projectId: string, clientId: string | null) {
  return answered(projects[':projectId'].client.$put({ param: { agencyId, projectId }, json: { clientId } }));
}

/** The projects of a client whose links work. */
export function sharedProjectsQuery(agencyId: string, clientId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'projects', 'shared', clientId],
    queryFn: async ({ signal }) => {
      const { items } = await answered(projects.$get({ param: { agencyId }, query: { clientId, limit: '200' } }, { init: { signal } }));
      return items.filter(({ sharing }) => sharing.state === 'shared');
    },
  });
}
