/**
 * The paths of the web app, as its router and the API both know them: what is not here is answered as not found. `$name` stands for one
 * segment. Refusals send people to them.
 */
export const webPaths = [
  '/',
  '/sign-in',
  '/sign-up',
  '/verify',
  '/reset',
  '/invitations/accept',
  '/accounts/new',
  '/agency',
  '/clients',
  '/clients/$clientId',
  '/projects',
  '/projects/$projectId',
  '/onboardings',
  '/imports',
  '/imports/$importId',
  '/settings',
  '/settings/account',
  '/settings/people',
  '/settings/plan',
  '/settings/brand',
  '/settings/crm',
  '/settings/keys',
  '/settings/history',
  '/settings/notifications',
  '/settings/sessions',
  '/operator/feedback',
] as const;
export type WebPath = (typeof webPaths)[number];
