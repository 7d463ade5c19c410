/** Postgres notification channel; the payload is `{agencyId}/{onboardingId}`. */
export const onboardingChannel = 'foyer_onboarding';

/** Told at every change of what an API key opens; the payload is `{agencyId}/{keyId}`. */
export const apiKeyChannel = 'foyer_api_key';
