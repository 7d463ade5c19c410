import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Mark } from '../badge/mark.tsx';
import { problemOf } from '../data/problem.ts';
import { texts } from '../texts/texts.ts';
import classes from './refusal-note.module.css';
import { webPathOf } from './web-path-of.ts';

interface RefusalNoteProps {
  error: unknown;
  /** Offers to do it again. */
  onRetry?: () => void;
}

/** A "no" where the eye is: what, why, and what to do next. */
export function RefusalNote({ error, onRetry }: RefusalNoteProps) {
  const { title, detail, nextAction } = problemOf(error);
  const path = webPathOf(nextAction.path);
  return (
    <div className={classes.note} role="alert">
      <Mark tone="blocked" />
      <div>
        <p className={classes.title}>{title}</p>
        <p>{detail}</p>
        <p className={classes.next}>{path ? <Link to={path}>{nextAction.label}</Link> : nextAction.label}</p>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {texts.problems.tryAgain}
          </Button>
        )}
      </div>
    </div>
  );
}
