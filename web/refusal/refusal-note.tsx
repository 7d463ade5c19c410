import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Mark } from '../badge/mark.tsx';
import { problemOf } from '../data/problem.ts';
import { texts } from '../texts/texts.ts';
import { NextAction } from './next-action.tsx';
import classes from './refusal-note.module.css';

interface RefusalNoteProps {
  error: unknown;
  /** Offers to do it again. */
  onRetry?: () => void;
}

/** A "no" where the eye is: what, why, and what to do next. */
export function RefusalNote({ error, onRetry }: RefusalNoteProps) {
  const { title, detail, nextAction } = problemOf(error);
  return (
    <Note title={title} detail={detail} nextAction={nextAction}>
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          {texts.problems.tryAgain}
        </Button>
      )}
    </Note>
  );
}

interface Blocker {
  message: string;
  nextAction: { label: string; path?: string | undefined };
}

/** What stands in the way of an onboarding, said the same way. */
export function BlockerNote({ blocker: { message, nextAction }, children }: { blocker: Blocker; children?: ReactNode }) {
  return (
    <Note title={message} nextAction={nextAction}>
      {children}
    </Note>
  );
}

interface NoteProps {
  title: string;
  detail?: string;
  nextAction: Blocker['nextAction'];
  children?: ReactNode;
}

function Note({ title, detail, nextAction, children }: NoteProps) {
  return (
    <div className={classes.note} role="alert">
      <Mark tone="blocked" />
      <div>
        <p className={classes.title}>{title}</p>
        {detail && <p>{detail}</p>}
        <p className={classes.next}>
          <NextAction nextAction={nextAction} />
        </p>
        {children}
      </div>
    </div>
  );
}
