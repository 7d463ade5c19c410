import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { WaitingPolicy } from '../domain/waiting.ts';

/** A fault is retried for ever: what a step decides comes back as its result, so whatever it throws is a passing trouble. */
const faultTolerant: ActivityOptions = {
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/** The activities, each retried until it is through. */
export const steps = proxyActivities<Activities>(faultTolerant);

/** Options that name one run of an activity in the Temporal UI. */
export function named(summary: string): ActivityOptions {
  return { ...faultTolerant, summary };
}

/** An undo is tried often, not for ever: what cannot be undone needs a human. */
export function namedUndo(summary: string, { undoAttempts, undoBackoffMs }: WaitingPolicy): ActivityOptions {
  return {
    startToCloseTimeout: '15 seconds',
    retry: { initialInterval: undoBackoffMs, backoffCoefficient: 2, maximumInterval: '5 minutes', maximumAttempts: undoAttempts },
    summary,
  };
}
