import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { texts } from '../texts/texts.ts';
import { useAccount } from './account.tsx';
import { Icon } from './icons.tsx';
import { placesOf } from './places.ts';
import classes from './rail.module.css';
import { useWorkspace } from './use-workspace.ts';

/** The way to everywhere: beside the page, or on a phone below it. */
export function Rail() {
  const { kind } = useAccount();
  const needPeople = useWorkspace()?.onboardings.needPeople ?? 0;
  return (
    <nav className={classes.rail} aria-label={texts.navigation.label}>
      <Link to="/agency" className={classes.brand}>
        <img src="/favicon.svg" width="22" height="22" alt="" />
        {texts.product}
      </Link>
      <ul className={classes.places}>
        {placesOf(kind).main.map(({ to, label, icon }) => (
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
