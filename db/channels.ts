import type { AgencyId, OnboardingId } from '../domain/ids.ts';

/** Told at every change of an onboarding; the payload is its subject. */
export const onboardingChannel = 'foyer_onboarding';

export function onboardingSubject(agencyId: AgencyId, onboardingId: OnboardingId): string {
  return `${agencyId}/${onboardingId}`;
}

/** Told at every event; the payload is the account's id. */
export const eventChannel = 'foyer_event';

/** Told at every change of what an API key opens; the payload is `{agencyId}/{keyId}`. */
export const apiKeyChannel = 'foyer_api_key';
