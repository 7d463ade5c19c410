import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { meQuery } from './data/me.ts';
import { isRefusedWith } from './data/problem.ts';
import { queries } from './data/queries.ts';
import { UnknownPage } from './frame/not-found.tsx';
import { RefusalNote } from './refusal/refusal-note.tsx';
import { agencySearch, clientsSearch, historySearch, importSearch, onboardingsSearch, projectsSearch, signInSearch, tokenSearch } from './search.ts';
import { takeAfterwards } from './sign-in/afterwards.ts';

const root = createRootRouteWithContext()({
  component: Outlet,
  notFoundComponent: UnknownPage,
  errorComponent: ({ error, reset }) => <RefusalNote error={error} onRetry={reset} />,
});

/** Others sign in first and come back. Whose session has ended since they were last known is asked for again, and is not known by what is remembered. */
async function signedIn({ location }: { location: { href: string } }): Promise<void> {
  const ended = isRefusedWith(queries.getQueryState(meQuery.queryKey)?.error, 401);
  try {
    await (ended ? queries.fetchQuery({ ...meQuery, staleTime: 0 }) : queries.ensureQueryData(meQuery));
  } catch (error) {
    if (isRefusedWith(error, 401)) throw redirect({ to: '/sign-in', search: { to: location.href } });
    throw error;
  }
}

/** Another record is another page: what was typed on the one is none of the other's. */
function another<Params>({ params }: { params: Params }): Params {
  return params;
}

/** Everything that only people who are signed in see. */
const workspace = createRoute({
  getParentRoute: () => root,
  id: 'workspace',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('./frame/shell.tsx'), 'Shell'),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  // Single sign-on leads back to here.
  beforeLoad: () => {
    throw redirect({ href: takeAfterwards() });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./sign-in/sign-up-page.tsx'), 'SignUpPage'),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('./sign-in/verify-page.tsx'), 'VerifyPage'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('./sign-in/reset-page.tsx'), 'ResetPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitations/accept',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('./sign-in/accept-invitation-page.tsx'), 'AcceptInvitationPage'),
});

const newAccount = createRoute({
  getParentRoute: () => root,
  path: '/accounts/new',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('./frame/open-account.tsx'), 'OpenAccountPage'),
});

const agency = createRoute({
  getParentRoute: () => workspace,
  path: '/agency',
  validateSearch: agencySearch,
  component: lazyRouteComponent(() => import('./agency/agency-page.tsx'), 'AgencyPage'),
});

const clients = createRoute({
  getParentRoute: () => workspace,
  path: '/clients',
  validateSearch: clientsSearch,
  component: lazyRouteComponent(() => import('./client/clients-page.tsx'), 'ClientsPage'),
});

const client = createRoute({
  getParentRoute: () => workspace,
  path: '/clients/$clientId',
  remountDeps: another,
  validateSearch: projectsSearch,
  component: lazyRouteComponent(() => import('./client/client-page.tsx'), 'ClientPage'),
});

const projects = createRoute({
  getParentRoute: () => workspace,
  path: '/projects',
  validateSearch: projectsSearch,
  component: lazyRouteComponent(() => import('./project/projects-page.tsx'), 'ProjectsPage'),
});

const project = createRoute({
  getParentRoute: () => workspace,
  path: '/projects/$projectId',
  remountDeps: another,
  component: lazyRouteComponent(() => import('./project/project-page.tsx'), 'ProjectPage'),
});

const onboardings = createRoute({
  getParentRoute: () => workspace,
  path: '/onboardings',
  validateSearch: onboardingsSearch,
  component: lazyRouteComponent(() => import('./onboarding/onboardings-page.tsx'), 'OnboardingsPage'),
});

const imports = createRoute({
  getParentRoute: () => workspace,
  path: '/imports',
  component: lazyRouteComponent(() => import('./import/imports-page.tsx'), 'ImportsPage'),
});

const importOfClients = createRoute({
  getParentRoute: () => workspace,
  path: '/imports/$importId',
  remountDeps: another,
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('./import/import-page.tsx'), 'ImportPage'),
});

const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-frame.tsx'), 'SettingsFrame'),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/account' });
  },
});

const account = createRoute({
  getParentRoute: () => settings,
  path: '/account',
  component: lazyRouteComponent(() => import('./settings/account-page.tsx'), 'AccountPage'),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: '/people',
  component: lazyRouteComponent(() => import('./settings/people-page.tsx'), 'PeoplePage'),
});

const plan = createRoute({
  getParentRoute: () => settings,
  path: '/plan',
  component: lazyRouteComponent(() => import('./settings/plan-page.tsx'), 'PlanPage'),
});

const brand = createRoute({
  getParentRoute: () => settings,
  path: '/brand',
  component: lazyRouteComponent(() => import('./settings/brand-page.tsx'), 'BrandPage'),
});

const crm = createRoute({
  getParentRoute: () => settings,
  path: '/crm',
  component: lazyRouteComponent(() => import('./settings/crm-page.tsx'), 'CrmPage'),
});

const keys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => import('./settings/keys-page.tsx'), 'KeysPage'),
});

const history = createRoute({
  getParentRoute: () => settings,
  path: '/history',
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('./settings/history-page.tsx'), 'HistoryPage'),
});

const notifications = createRoute({
  getParentRoute: () => settings,
  path: '/notifications',
  component: lazyRouteComponent(() => import('./settings/notifications-page.tsx'), 'NotificationsPage'),
});

const sessions = createRoute({
  getParentRoute: () => settings,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./settings/sessions-page.tsx'), 'SessionsPage'),
});

const feedback = createRoute({
  getParentRoute: () => root,
  path: '/operator/feedback',
  component: lazyRouteComponent(() => import('./operator/feedback-page.tsx'), 'FeedbackPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    signIn,
    signUp,
    verify,
    reset,
    invitation,
    newAccount,
    feedback,
    workspace.addChildren([
      agency,
      clients,
      client,
      projects,
      project,
      onboardings,
      imports,
      importOfClients,
      settings.addChildren([settingsHome, account, people, plan, brand, crm, keys, history, notifications, sessions]),
    ]),
  ]),
  defaultPreload: 'intent',
  defaultNotFoundComponent: UnknownPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
