import type { ReactNode } from 'react';
import { texts } from '../texts/texts.ts';
import classes from './signed-out-frame.module.css';

interface SignedOutFrameProps {
  title: string;
  /** What else one may have come for. */
  foot?: ReactNode;
  children: ReactNode;
}

/** One thing to do, in the middle of a quiet page. */
export function SignedOutFrame({ title, foot, children }: SignedOutFrameProps) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <p className={classes.brand}>
          <img src="/favicon.svg" width="28" height="28" alt="" />
          {texts.product}
        </p>
        <h1 className={classes.title}>{title}</h1>
        {children}
        {foot && <div className={classes.foot}>{foot}</div>}
      </div>
    </main>
  );
}
