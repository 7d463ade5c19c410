import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

const clients = api.agencies[':agencyId'].clients;
export type Lookalike = InferResponseType<typeof clients.duplicates.$get, 200>['items'][number];
export type Sketch = InferRequestType<typeof clients.duplicates.$get>['query'];
const suspected = clients['suspected-duplicates'];
export type SuspectedDuplicate = InferResponseType<typeof suspected.$get, 200>['items'][number];
const preview = clients[':clientId']['merge-preview'];
export type MergePreview = InferResponseType<typeof preview.$get, 200>;

/** Clients that may be the one that is about to be created. */
export async function findLookalikes(agencyId: string, sketch: Sketch): Promise<Lookalike[]> {
  return (await answered(clients.duplicates.$get({ param: { agencyId }, query: sketch }))).items;
}

/** Clients that look like an older one, newest first, a page at a time. */
export function duplicatesQuery(agencyId: string) {
  return infiniteQueryOptions({
    queryKey: ['agency', agencyId, 'duplicates'],
    queryFn: ({ pageParam: cursor, signal }) =>
      answered(suspected.$get({ param: { agencyId }, query: { limit: '50', ...(cursor && { cursor }) } }, { init: { signal } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Which client leaves, and which one stays and gets what it has. */
export interface Merge {
  clientId: string;
  into: string;
}

/** What the merge will do. */
export function mergePreviewQuery(agencyId: string, { clientId, into }: Merge) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'merge-preview', clientId, into],
    queryFn: ({ signal }) => answered(preview.$get({ param: { agencyId, clientId }, query: { into } }, { init: { signal } })),
  });
}

export function mergeClients(agencyId: string, { clientId, into }: Merge) {
  return answered(clients[':clientId'].merge.$post({ param: { agencyId, clientId }, json: { into } }));
}
