import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  title: string;
  detail: string;
  /** `h1` where it is the whole page. */
  level?: 'h1' | 'h2';
  children?: ReactNode;
}

/** A page, or a part of one, with nothing on it but what to know and what to do next. */
export function Notice({ title, detail, level: Heading = 'h2', children }: NoticeProps) {
  return (
    <div className={classes.notice}>
      <Heading className={classes.title}>{title}</Heading>
      <p className={classes.detail}>{detail}</p>
      {children}
    </div>
  );
}
