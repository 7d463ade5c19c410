import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

export type Me = InferResponseType<typeof api.me.$get, 200>;
export type Account = Me['accounts'][number];

/** Who is signed in, and in which accounts. */
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => answered(api.me.$get()), staleTime: 60_000 });
