import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useFollowedAgency } from '../data/follow-agency.ts';
import { meQuery } from '../data/me.ts';
import { texts } from '../texts/texts.ts';
import { AccountProvider } from './account.tsx';
import { AccountSwitcher } from './account-switcher.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { NoAccount } from './no-account.tsx';
import { PersonMenu } from './person-menu.tsx';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';

/** What is around every page of somebody who is signed in: where to go, which account, who you are. */
export function Shell() {
  const { data: me } = useSuspenseQuery(meQuery);
  const account = me.accounts.find(({ id }) => id === me.currentAccountId) ?? me.accounts[0];
  useFollowedAgency(account?.kind === 'agency' ? account.id : undefined);
  if (!account) return <NoAccount />;
  return (
    <AccountProvider value={account}>
      <a className={classes.skip} href="#content">
        {texts.skipToContent}
      </a>
      <div className={classes.shell}>
        <header className={classes.top}>
          <AccountSwitcher accounts={me.accounts} />
          <div className={classes.space} />
          <PersonMenu me={me} />
        </header>
        <Rail />
        <main id="content" className={classes.content} tabIndex={-1}>
          <ConnectionLine />
          <Outlet />
        </main>
      </div>
    </AccountProvider>
  );
}
