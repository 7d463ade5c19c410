import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { meQuery } from './data/me.ts';
import { Refused } from './data/problem.ts';
import { queries } from './data/queries.ts';
import { NotFound } from './frame/not-found.tsx';
import { Shell } from './frame/shell.tsx';
import { RefusalNote } from './refusal/refusal-note.tsx';

const root = createRootRouteWithContext()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <RefusalNote error={error} onRetry={reset} />,
});

/** Everything that only people who are signed in see. Others sign in first and come back. */
const workspace = createRoute({
  getParentRoute: () => root,
  id: 'workspace',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      await queries.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof Refused && error.problem.status === 401) throw redirect({ to: '/sign-in', search: { to: location.href } });
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/agency' });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Only a path of ours: whoever made the link must not choose where people land.
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } => (typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {}),
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const agency = createRoute({
  getParentRoute: () => workspace,
  path: '/agency',
  component: lazyRouteComponent(() => import('./agency/agency-page.tsx'), 'AgencyPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, signIn, workspace.addChildren([agency])]),
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
