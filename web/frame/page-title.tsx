import type { ReactNode } from 'react';
import classes from './page-title.module.css';

interface PageTitleProps {
  title: string;
  /** Beside it: a state. */
  aside?: ReactNode;
  /** At the right: what can be done here. */
  actions?: ReactNode;
}

export function PageTitle({ title, aside, actions }: PageTitleProps) {
  return (
    <div className={classes.line}>
      <h1 className={classes.title}>{title}</h1>
      {aside}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
