import { useQuery } from '@tanstack/react-query';
import { type AgencyWorkspace, agenciesQuery } from '../data/agencies.ts';
import { useAccount } from './account.tsx';

/** The workspace of the account that the page is about, once it was read; a direct account has none. */
export function useWorkspace(): AgencyWorkspace | undefined {
  const { id, kind } = useAccount();
  const { data } = useQuery({ ...agenciesQuery, enabled: kind === 'agency' });
  return data?.items.find((workspace) => workspace.id === id);
}
