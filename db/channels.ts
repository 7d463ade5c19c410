/** Postgres notification channel; the payload is `{agencyId}/{onboardingId}`. */
export const onboardingChannel = 'foyer_onboarding';
