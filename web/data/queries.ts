import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { connection } from './connection.ts';
import { meQuery } from './me.ts';
import { isRefusedWith } from './problem.ts';
import { Unreachable } from './send.ts';

/** What was read stays shown while it is read again; a refusal is an answer and is not asked for twice. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: (error, { queryKey }) => queryKey !== meQuery.queryKey && askWhoAgain(error) }),
  mutationCache: new MutationCache({ onError: askWhoAgain }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => error instanceof Unreachable && failures < 3,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** A session that has ended elsewhere is noticed by the first thing that is refused for it. */
function askWhoAgain(error: unknown): void {
  if (isRefusedWith(error, 401)) void queries.invalidateQueries({ queryKey: meQuery.queryKey });
}

// Whatever changed while the server was away is caught up with.
connection.subscribe(() => {
  if (connection.standing() === 'reached') void queries.invalidateQueries();
});
