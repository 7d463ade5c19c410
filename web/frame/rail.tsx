import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { WebPath } from '../../domain/web-path.ts';
import { texts } from '../texts/texts.ts';
import { useAccount } from './account.tsx';
import { Icon, type IconName } from './icons.tsx';
import classes from './rail.module.css';
import { useWorkspace } from './use-workspace.ts';

const places = [
  { to: '/agency', label: texts.navigation.agency, icon: 'agency' },
  { to: '/clients', label: texts.navigation.clients, icon: 'clients' },
  { to: '/projects', label: texts.navigation.projects, icon: 'projects' },
  { to: '/onboardings', label: texts.navigation.onboardings, icon: 'onboardings' },
  { to: '/imports', label: texts.navigation.imports, icon: 'imports' },
  { to: '/settings', label: texts.navigation.settings, icon: 'settings' },
] as const satisfies { to: WebPath; label: string; icon: IconName }[];

/** The way to everywhere: beside the page, or on a phone below it. */
export function Rail() {
  const { kind } = useAccount();
  const shown = places.filter(({ to }) => kind === 'agency' || to === '/settings');
  const needPeople = useWorkspace()?.onboardings.needPeople ?? 0;
  return (
    <nav className={classes.rail} aria-label={texts.navigation.label}>
      <Link to="/agency" className={classes.brand}>
        <img src="/favicon.svg" width="22" height="22" alt="" />
        {texts.product}
      </Link>
      <ul className={classes.places}>
        {shown.map(({ to, label, icon }) => (
          <li key={to}>
            <Link to={to} className={classes.place} activeProps={{ 'aria-current': 'page' }}>
              <Icon name={icon} />
              <span>{label}</span>
              {to === '/onboardings' && needPeople > 0 && (
                <span className={classes.count}>
                  {needPeople}
                  <VisuallyHidden> {texts.navigation.needAttention}</VisuallyHidden>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      <a className={classes.place} data-foot href="/docs">
        <Icon name="docs" />
        <span>{texts.navigation.docs}</span>
      </a>
    </nav>
  );
}
