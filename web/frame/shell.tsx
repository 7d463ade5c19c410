import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useFollowedAgency } from '../data/follow-agency.ts';
import { meQuery } from '../data/me.ts';
import { texts } from '../texts/texts.ts';
import { AccountProvider } from './account.tsx';
import { AccountSwitcher } from './account-switcher.tsx';
import { AgencyAccountRequired } from './agency-account-required.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { PaletteButton } from './palette-button.tsx';
import { PersonMenu } from './person-menu.tsx';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';

// Whoever belongs to an account has no need of it.
const NoAccount = lazy(async () => ({ default: (await import('./no-account.tsx')).NoAccount }));

/** What is around every page of somebody who is signed in: where to go, which account, who you are. */
export function Shell() {
  const { data: me } = useSuspenseQuery(meQuery);
  const account = me.accounts.find(({ id }) => id === me.currentAccountId) ?? me.accounts[0];
  useFollowedAgency(account?.kind === 'agency' ? account.id : undefined);
  // What belongs to people rather than to clients is there for every account.
  const agencyFree = useLocation().pathname.startsWith('/settings');
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
        <main id="content" className={classes.content} tabIndex={-1}>
          <ConnectionLine />
          {account.kind === 'direct' && !agencyFree ? <AgencyAccountRequired /> : <Outlet />}
        </main>
      </div>
    </AccountProvider>
  );
}
