import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

const sharing = api.agencies[':agencyId'].projects[':projectId'].sharing;
export type Sharing = InferResponseType<typeof sharing.$get, 200>;

/** The links of a project that is shared; given to whoever may share. */
export function sharingQuery(agencyId: string, projectId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'sharing', projectId],
    queryFn: ({ signal }) => answered(sharing.$get({ param: { agencyId, projectId } }, { init: { signal } })),
  });
}

/** @param expiresAt left out, the end that the links have stays; null for none */
export function shareProject(agencyId: string, projectId: string, expiresAt?: string | null) {
  return answered(sharing.$put({ param: { agencyId, projectId }, json: { enabled: true, ...(expiresAt !== undefined && { expiresAt }) } }));
}

export function endSharing(agencyId: string, projectId: string) {
  return answered(sharing.$put({ param: { agencyId, projectId }, json: { enabled: false } }));
}

/** Other links; the old ones are gone. */
export function rotateSharing(agencyId: string, projectId: string) {
  return answered(sharing.rotate.$post({ param: { agencyId, projectId }, header: {} }));
}
