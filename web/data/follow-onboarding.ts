import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isEnded } from '../../domain/onboarding.ts';
import { followStream } from './follow-stream.ts';
import type { Onboarding } from './onboardings.ts';

/** The onboarding as it stands, and at every change while somebody looks. The stream alone tells: an answer to a question could be older than it. */
export function useFollowedOnboarding(agencyId: string, onboardingId: string | undefined): Onboarding | undefined {
  const queries = useQueryClient();
  const { data } = useQuery<Onboarding>({ queryKey: keyOf(agencyId, onboardingId), queryFn: skipToken });
  const ended = data !== undefined && isEnded(data.state);
  useEffect(() => {
    if (!onboardingId || ended) return;
    return followStream(`/v1/agencies/${agencyId}/onboardings/${onboardingId}/events`, 'onboarding', {
      // The API's own representation of it, on its own stream.
      onEvent: (data) => queries.setQueryData(keyOf(agencyId, onboardingId), JSON.parse(data) as Onboarding),
    });
  }, [queries, agencyId, onboardingId, ended]);
  return data;
}

function keyOf(agencyId: string, onboardingId: string | undefined) {
  return ['agency', agencyId, 'onboarding', onboardingId];
}
