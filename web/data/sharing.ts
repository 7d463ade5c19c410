import { answered, api } from './api.ts';

const sharing = api.agencies[':agencyId'].projects[':projectId'].sharing;

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
