import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import type { ClientState } from '../../domain/client-state.ts';
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

export function clientQuery(agencyId: string, clientId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'client', clientId],
    queryFn: ({ signal }) => answered(clients[':clientId'].$get({ param: { agencyId, clientId } }, { init: { signal } })),
  });
}

export type NewClient = InferRequestType<typeof clients.$post>['json'];

/**
 * Asks for a client and does not wait for its steps: they are followed. Sent again with the same key it is the same request.
 *
 * @returns the onboarding as it starts
 */
export async function onboardClient(agencyId: string, client: NewClient, idempotencyKey: string) {
  const header = { 'idempotency-key': idempotencyKey, prefer: 'respond-async' };
  return (await answered(clients.$post({ param: { agencyId }, header, json: client }))).onboarding;
}

export type ClientChange = InferRequestType<(typeof clients)[':clientId']['$patch']>['json'];

/** Changes what was read as `version`; refused with `VERSION_CONFLICT` when somebody was quicker. */
export function editClient(agencyId: string, { id: clientId, version }: Pick<ClientAccount, 'id' | 'version'>, change: ClientChange) {
  return answered(clients[':clientId'].$patch({ param: { agencyId, clientId }, header: { 'if-match': `"${version}"` }, json: change }));
}

export function archiveClient(agencyId: string, clientId: string) {
  return answered(clients[':clientId'].archive.$post({ param: { agencyId, clientId } }));
}

/** For good, by an owner who typed the name. */
export function eraseClient(agencyId: string, clientId: string, confirmName: string) {
  return answered(clients[':clientId'].erase.$post({ param: { agencyId, clientId }, json: { confirmName } }));
}

export function restoreClient(agencyId: string, clientId: string) {
  return answered(clients[':clientId'].restore.$post({ param: { agencyId, clientId } }));
}
