import { infiniteQueryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import type { EventKind } from '../../domain/event.ts';
import { answered, api } from './api.ts';

const ofAccount = api.accounts[':accountId'].history;
const ofClient = api.agencies[':agencyId'].clients[':clientId'].history;
export type HistoryEvent = InferResponseType<typeof ofAccount.$get, 200>['items'][number];

/** What is asked for of a history. */
export interface HistoryFilter {
  kind?: EventKind | undefined;
  /** A person, a key or a CRM connection. */
  by?: string | undefined;
  /** The first and the last day, as `2026-11-24`, where the reader is. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface HistoryOf extends HistoryFilter {
  accountId: string;
  /** Of one client; without it of the account. */
  clientId?: string | undefined;
}

/** What happened, newest first, a page at a time. */
export function historyQuery({ accountId, clientId, ...filter }: HistoryOf) {
  return infiniteQueryOptions({
    queryKey: ['agency', accountId, 'history', { clientId, ...filter }],
    queryFn: ({ pageParam: cursor }) => {
      const query = { limit: '50', ...asked(filter), ...(cursor && { cursor }) };
      return clientId
        ? answered(ofClient.$get({ param: { agencyId: accountId, clientId }, query }))
        : answered(ofAccount.$get({ param: { accountId }, query }));
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Where the history is downloaded from, as far as it is asked for. */
export function exportPath({ accountId, clientId, ...filter }: HistoryOf, format: 'csv' | 'jsonl'): string {
  const query = new URLSearchParams({ format, ...(clientId && { clientId }), ...asked(filter) });
  return `/v1/accounts/${accountId}/history/export?${query}`;
}

function asked({ kind, by, from, to }: HistoryFilter) {
  return { ...(kind && { kind }), ...(by && { actorId: by }), ...(from && { from: midnight(from, 0) }), ...(to && { to: midnight(to, 1) }) };
}

/** The moment at which the day begins, or one so many days later. */
function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
