import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useFollowedAgency } from '../data/follow-agency.ts';
import { meQuery } from '../data/me.ts';
import { isRefusedWith } from '../data/problem.ts';
import { texts } from '../texts/texts.ts';
import { AccountProvider } from './account.tsx';
import { AccountSwitcher } from './account-switcher.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { PaletteButton } from './palette-button.tsx';
import { PersonMenu } from './person-menu.tsx';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';

// An account of an agency has no need of them.
const AgencyAccountRequiredPage = lazy(async () => ({ default: (await import('./agency-account-required.tsx')).AgencyAccountRequiredPage }));
const NoAccount = lazy(async () => ({ default: (await import('./open-account.tsx')).NoAccount }));

/** What is around every page of somebody who is signed in: where to go, which account, who you are. */
export function Shell() {
  const { data: me, error } = useSuspenseQuery(meQuery);
  const { pathname } = useLocation();
  useSessionsEnd(error);
  const account = me.accounts.find(({ id }) => id === me.currentAccountId) ?? me.accounts[0];
  useFollowedAgency(account?.kind === 'agency' ? account.id : undefined);
  // What belongs to people rather than to clients is there for every account.
  const agencyFree = pathname.startsWith('/settings');
  if (!account) {
    return (
      <Suspense>
        <NoAccount />
      </Suspense>
    );
  }
  return (
    <AccountProvider value={account}>
      <a className={classes.skip} href="#content">
        {texts.skipToContent}
      </a>
      <div className={classes.shell}>
        <header className={classes.top}>
          <AccountSwitcher accounts={me.accounts} />
          <div className={classes.space} />
          <PaletteButton />
          <PersonMenu me={me} />
        </header>
        <Rail />
        {/* Another account starts anew: nothing typed or kept under one stands under the other. Named, for the page of a client or a brand has another main within its preview. */}
        <main key={account.id} id="content" aria-label={account.name} className={classes.content} tabIndex={-1}>
          <ConnectionLine />
          {account.kind === 'direct' && !agencyFree ? (
            <Suspense>
              <AgencyAccountRequiredPage />
            </Suspense>
          ) : (
            <Outlet />
          )}
        </main>
      </div>
    </AccountProvider>
  );
}

/** A session that has ended elsewhere leads to signing in, and then back. */
function useSessionsEnd(error: Error | null): void {
  const router = useRouter();
  const ended = isRefusedWith(error, 401);
  useEffect(() => {
    if (ended) void router.navigate({ to: '/sign-in', search: { to: router.state.location.href } });
  }, [ended, router]);
}
