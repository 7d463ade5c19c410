import type { ReactNode } from 'react';
import { texts } from '../texts/texts.ts';
import classes from './signed-out-frame.module.css';

/** One thing to do, in the middle of a quiet page. */
export function SignedOutFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <p className={classes.brand}>
          <img src="/favicon.svg" width="28" height="28" alt="" />
          {texts.product}
        </p>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
