import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';
import { Refused } from './problem.ts';

const offboard = api.agencies[':agencyId'].clients[':clientId'].offboard;
export type Offboarding = InferResponseType<typeof offboard.$get, 200>;
export type NewOffboarding = InferRequestType<typeof offboard.$post>['json'];

/** How the client leaves, or left; null for one that never was to. */
export function offboardingQuery(agencyId: string, clientId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'offboarding', clientId],
    queryFn: async ({ signal }): Promise<Offboarding | null> => {
      try {
        return await answered(offboard.$get({ param: { agencyId, clientId } }, { init: { signal } }));
      } catch (error) {
        if (error instanceof Refused && error.problem.status === 404) return null;
        throw error;
      }
    },
  });
}

export function offboardClient(agencyId: string, clientId: string, offboarding: NewOffboarding) {
  return answered(offboard.$post({ param: { agencyId, clientId }, header: { 'idempotency-key': crypto.randomUUID() }, json: offboarding }));
}

export function cancelOffboarding(agencyId: string, clientId: string) {
  return answered(offboard.cancel.$post({ param: { agencyId, clientId } }));
}

/** Where the export pack is downloaded from. */
export function packPath(agencyId: string, clientId: string): string {
  return `/v1/agencies/${agencyId}/clients/${clientId}/offboard/pack`;
}
