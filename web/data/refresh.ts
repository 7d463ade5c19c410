import type { QueryClient } from '@tanstack/react-query';
import { agenciesQuery } from './agencies.ts';

/** What is shown of the agency is read again, where somebody looks at it. The one onboarding that is followed comes by itself. */
export async function refreshAgency(queries: QueryClient, agencyId: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: agenciesQuery.queryKey }),
    queries.invalidateQueries({ queryKey: ['agency', agencyId], predicate: ({ queryKey }) => queryKey[2] !== 'onboarding' }),
  ]);
}
