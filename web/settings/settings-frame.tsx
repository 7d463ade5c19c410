import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { WebPath } from '../../domain/web-path.ts';
import { useAccount } from '../frame/account.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { texts } from '../texts/texts.ts';
import classes from './settings-frame.module.css';

const t = texts.settings;

/** The pages of the settings; what is about clients only an agency has. */
const pages = [
  { to: '/settings/account', label: t.account, ofAgency: false },
  { to: '/settings/people', label: t.people, ofAgency: false },
  { to: '/settings/plan', label: t.plan, ofAgency: false },
  { to: '/settings/brand', label: t.brand, ofAgency: true },
  { to: '/settings/crm', label: t.crm, ofAgency: true },
  { to: '/settings/keys', label: t.keys, ofAgency: false },
  { to: '/settings/history', label: t.history, ofAgency: false },
  { to: '/settings/notifications', label: t.notifications, ofAgency: true },
  { to: '/settings/sessions', label: t.sessions, ofAgency: false },
] as const satisfies { to: WebPath; label: string; ofAgency: boolean }[];

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
        {pages
          .filter(({ ofAgency }) => kind === 'agency' || !ofAgency)
          .map(({ to, label }) => (
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
