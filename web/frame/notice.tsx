import type { ReactNode } from 'react';
import classes from './notice.module.css';

/** A page, or a part of one, with nothing on it but what to know and what to do next. */
export function Notice({ title, detail, children }: { title: string; detail: string; children?: ReactNode }) {
  return (
    <div className={classes.notice}>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.detail}>{detail}</p>
      {children}
    </div>
  );
}
