import { infiniteQueryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import type { EventKind } from '../../domain/event.ts';
import { answered, api } from './api.ts';

const ofAccount = api.accounts[':accountId'].history;
const ofClient = api.agencies[':agencyId'].clients[':clientId'].history;
export type HistoryEvent = InferResponseType<typeof ofAccount.$get, 200>['items'][number];

export interface HistoryOf {
  accountId: string;
  /** Of one client; without it of the account. */
  clientId?: string | undefined;
  kind?: EventKind | undefined;
}

/** What happened, newest first, a page at a time. */
export function historyQuery({ accountId, clientId, kind }: HistoryOf) {
  return infiniteQueryOptions({
    queryKey: ['agency', accountId, 'history', { clientId, kind }],
    queryFn: ({ pageParam: cursor }) => {
      const query = { limit: '50', ...(kind && { kind }), ...(cursor && { cursor }) };
      return clientId
        ? answered(ofClient.$get({ param: { agencyId: accountId, clientId }, query }))
        : answered(ofAccount.$get({ param: { accountId }, query }));
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Where the whole history is downloaded from. */
export function exportPath(accountId: string, format: 'csv' | 'jsonl'): string {
  return `/v1/accounts/${accountId}/history/export?format=${format}`;
}
