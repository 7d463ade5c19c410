import type { ReactElement } from 'react';
import type { Tone } from '../theme/tone.ts';
import classes from './mark.module.css';

/** A shape for each meaning, so that colour is never the only thing that tells them apart. */
const shapes: Record<Tone, ReactElement> = {
  fine: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="m3.6 6.2 1.7 1.7 3.2-3.6" fill="none" stroke="var(--panel)" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  waits: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" />
    </>
  ),
  needs: <path d="M6 .9 11.4 10.6H.6z M6 4.4v2.7 M6 8.7v.1" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />,
  blocked: (
    <>
      <path d="M3.8.5h4.4l3.3 3.3v4.4l-3.3 3.3H3.8L.5 8.2V3.8z" fill="currentColor" />
      <path d="M3.6 6h4.8" stroke="var(--panel)" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  quiet: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.3" strokeDasharray="2 1.6" />,
};

export function Mark({ tone }: { tone: Tone }) {
  return (
    <svg className={classes.mark} data-tone={tone} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {shapes[tone]}
    </svg>
  );
}
