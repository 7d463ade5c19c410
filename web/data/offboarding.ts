import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';
import { orNull } from './problem.ts';

const offboard = api.agencies[':agencyId'].clients[':clientId'].offboard;
export type Offboarding = InferResponseType<typeof offboard.$get, 200>;
export type NewOffboarding = InferRequestType<typeof offboard.$post>['json'];

/** How the client leaves, or left; null for one that never was to. */
export function offboardingQuery(agencyId: string, clientId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'offboarding', clientId],
    queryFn: ({ signal }): Promise<Offboarding | null> => orNull(answered(offboard.$get({ param: { agencyId, clientId } }, { init: { signal } }))),
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
