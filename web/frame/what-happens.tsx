import { Skeleton } from '@mantine/core';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import classes from './what-happens.module.css';

interface WhatHappensProps {
  /** One sentence each; undefined until it is known. */
  sentences: string[] | undefined;
  error: unknown;
}

/** What an act will do, as the API plans it, before it is done. */
export function WhatHappens({ sentences, error }: WhatHappensProps) {
  if (error) return <RefusalNote error={error} />;
  if (!sentences) return <Skeleton height={64} />;
  return (
    <ul className={classes.list}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
