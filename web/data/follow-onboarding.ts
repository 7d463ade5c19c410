import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isEnded } from '../../domain/onboarding.ts';
import { type Onboarding, onboardingQuery } from './onboardings.ts';
import { refreshAgency } from './refresh.ts';

const retryMs = 1_000;

/** The onboarding as it stands, and at every change while somebody looks: each change comes as a server-sent event. */
export function useFollowedOnboarding(agencyId: string, onboardingId: string | undefined): Onboarding | undefined {
  const queries = useQueryClient();
  const { data } = useQuery({ ...onboardingQuery(agencyId, onboardingId ?? ''), enabled: onboardingId !== undefined });
  const ended = data !== undefined && isEnded(data.state);
  useEffect(() => {
    if (!onboardingId || ended) return;
    return follow(`/v1/agencies/${agencyId}/onboardings/${onboardingId}/events`, (onboarding) => {
      queries.setQueryData(onboardingQuery(agencyId, onboardingId).queryKey, onboarding);
      void refreshAgency(queries, agencyId);
    });
  }, [queries, agencyId, onboardingId, ended]);
  return data;
}

/**
 * Reads the stream until the returned function is called. Hidden pages let go of it, for a browser has few connections to one server. The
 * browser connects again by itself when the connection breaks, and gives up when something else answers; then this does.
 */
function follow(url: string, onChange: (onboarding: Onboarding) => void): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const open = () => {
    close();
    if (document.hidden) return;
    const opened = new EventSource(url);
    source = opened;
    // The API's own representation of it, on its own stream.
    opened.addEventListener('onboarding', ({ data }) => onChange(JSON.parse(data) as Onboarding));
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) retry = setTimeout(open, retryMs);
    });
  };
  open();
  document.addEventListener('visibilitychange', open);
  return () => {
    document.removeEventListener('visibilitychange', open);
    close();
  };
}
