import { infiniteQueryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import type { ClientState } from '../../domain/client.ts';
import { answered, api } from './api.ts';

const clients = api.agencies[':agencyId'].clients;
export type ClientAccount = InferResponseType<typeof clients.$get, 200>['items'][number];

export interface ClientFilter {
  query?: string | undefined;
  state?: ClientState | undefined;
}

/** Rows a page: one page fills any screen, and is read in a moment. */
const pageSize = 100;

/** The agency's client accounts, newest first, a page at a time. */
export function clientsQuery(agencyId: string, { query, state }: ClientFilter) {
  return infiniteQueryOptions({
    queryKey: ['agency', agencyId, 'clients', { query, state }],
    queryFn: ({ pageParam: cursor, signal }) =>
      answered(
        clients.$get(
          { param: { agencyId }, query: { limit: String(pageSize), ...(query && { query }), ...(state && { state }), ...(cursor && { cursor }) } },
          { init: { signal } },
        ),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
