import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useAccount } from '../frame/account.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { placesOf } from '../frame/places.ts';
import { texts } from '../texts/texts.ts';
import classes from './settings-frame.module.css';

/** What is set once for the account, and for oneself, a page a subject. */
export function SettingsFrame() {
  const { kind } = useAccount();
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: on another page another tab is the current one
  useEffect(() => {
    // In braces: browsers have begun to answer with a promise, which React would take for what undoes the effect.
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <>
      <PageTitle title={texts.navigation.settings} />
      <nav ref={tabs} className={classes.tabs} aria-label={texts.navigation.settings}>
        {placesOf(kind).settings.map(({ to, label }) => (
          <Link key={to} to={to} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
            {label}
          </Link>
        ))}
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </>
  );
}
