import { QueryClient } from '@tanstack/react-query';
import { connection } from './connection.ts';
import { Unreachable } from './send.ts';

/** What was read stays shown while it is read again; a refusal is an answer and is not asked for twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => error instanceof Unreachable && failures < 3,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

// Whatever changed while the server was away is caught up with.
connection.subscribe(() => {
  if (connection.standing() === 'reached') void queries.invalidateQueries();
});
