import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  title: string;
  /** At the right of the title: filters, a count. */
  tools?: ReactNode;
  /** Without it the content has the panel's padding. */
  flush?: boolean;
  /** Of a height of its own: what is in it scrolls. */
  scrolls?: boolean;
  children: ReactNode;
}

/** A part of a page under its heading. */
export function Panel({ title, tools, flush = false, scrolls = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id} data-scrolling={scrolls}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {tools && <div className={classes.tools}>{tools}</div>}
      </header>
      {scrolls ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keyboard too
        <div className={classes.scrolls} tabIndex={0} data-scrolls>
          {children}
        </div>
      ) : (
        <div className={flush ? classes.flush : classes.body}>{children}</div>
      )}
    </section>
  );
}
