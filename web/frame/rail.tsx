import { Link } from '@tanstack/react-router';
import type { WebPath } from '../../domain/web-path.ts';
import { texts } from '../texts/texts.ts';
import { Icon, type IconName } from './icons.tsx';
import classes from './rail.module.css';

const places = [{ to: '/agency', label: texts.navigation.agency, icon: 'agency' }] as const satisfies { to: WebPath; label: string; icon: IconName }[];

/** The way to everywhere: beside the page, or on a phone below it. */
export function Rail() {
  return (
    <nav className={classes.rail} aria-label={texts.navigation.label}>
      <Link to="/agency" className={classes.brand}>
        <img src="/favicon.svg" width="22" height="22" alt="" />
        {texts.product}
      </Link>
      <ul className={classes.places}>
        {places.map(({ to, label, icon }) => (
          <li key={to}>
            <Link to={to} className={classes.place} activeProps={{ 'aria-current': 'page' }}>
              <Icon name={icon} />
              <span>{label}</span>
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
