import type { AgencyId, OnboardingId } from '../domain/ids.ts';
import type { Listener } from './notifications.ts';

/** Tells when an onboarding changed. A telling may be lost or come twice: whoever is told reads the record again. */
export interface OnboardingWatch {
  /** Calls back at each change until the returned function is called. */
  subscribe(agencyId: AgencyId, onboardingId: OnboardingId, onChange: () => void): () => void;
}

/** A watch that hears of changes by the channel of onboardings; after a gap everyone is told, for changes may have gone by unheard. */
export function watchOnboardings(): OnboardingWatch & Listener {
  const subscribers = new Map<string, Set<() => void>>();
  const tell = (key: string) => {
    for (const onChange of subscribers.get(key) ?? []) onChange();
  };
  return {
    onTold: tell,
    onGap: () => {
      for (const key of subscribers.keys()) tell(key);
    },
    subscribe(agencyId, onboardingId, onChange) {
      const key = `${agencyId}/${onboardingId}`;
      const callbacks = subscribers.get(key) ?? new Set();
      subscribers.set(key, callbacks.add(onChange));
      return () => {
        callbacks.delete(onChange);
        if (callbacks.size === 0) subscribers.delete(key);
      };
    },
  };
}
