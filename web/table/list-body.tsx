import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Notice } from '../frame/notice.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import classes from './list-body.module.css';

interface ListBodyProps {
  /** How many rows there are to show; undefined until that is known. */
  count: number | undefined;
  error: unknown;
  onRetry: () => void;
  /** What to say when there is none. */
  none: { title: string; detail: string };
  children?: ReactNode;
}

/** A list in each of its states: coming, refused, empty, there. */
export function ListBody({ count, error, onRetry, none, children }: ListBodyProps) {
  if (count === undefined && error) {
    return (
      <div className={classes.refused}>
        <RefusalNote error={error} onRetry={onRetry} />
      </div>
    );
  }
  if (count === undefined) return <Coming />;
  return count === 0 ? <Notice title={none.title} detail={none.detail} /> : children;
}

function Coming() {
  return (
    <div className={classes.coming} aria-hidden="true">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={14} width={`${84 - row * 9}%`} />
      ))}
    </div>
  );
}
