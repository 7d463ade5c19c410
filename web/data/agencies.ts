import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

export type AgencyWorkspace = InferResponseType<typeof api.agencies.$get, 200>['items'][number];

/** The agency workspaces of whoever is signed in. */
export const agenciesQuery = queryOptions({ queryKey: ['agencies'], queryFn: () => answered(api.agencies.$get()) });
