import { Link, Outlet } from '@tanstack/react-router';
import type { WebPath } from '../../domain/web-path.ts';
import { PageTitle } from '../frame/page-title.tsx';
import { texts } from '../texts/texts.ts';
import classes from './settings-frame.module.css';

const t = texts.settings;

const pages = [
  { to: '/settings/people', label: t.people },
  { to: '/settings/plan', label: t.plan },
  { to: '/settings/brand', label: t.brand },
  { to: '/settings/crm', label: t.crm },
  { to: '/settings/keys', label: t.keys },
  { to: '/settings/history', label: t.history },
] as const satisfies { to: WebPath; label: string }[];

/** What is set once for the account, a page a subject. */
export function SettingsFrame() {
  return (
    <>
      <PageTitle title={texts.navigation.settings} />
      <nav className={classes.tabs} aria-label={texts.navigation.settings}>
        {pages.map(({ to, label }) => (
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
