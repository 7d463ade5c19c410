import { ActivityFailure } from '@temporalio/workflow';

/** One compensation, registered before the step it undoes: it must do nothing where the step did nothing. */
export interface Compensation {
  name: string;
  run: () => Promise<void>;
}

/** What is to be undone, in the order in which it was registered. */
export type Saga = Compensation[];

/**
 * Undoes in reverse order and takes each compensation off the saga as it succeeds, so that a second call goes on where the first one failed.
 * Returns what failed for good, or null.
 */
export async function undo(saga: Saga): Promise<string | null> {
  for (let last = saga.at(-1); last; last = saga.at(-1)) {
    try {
      await last.run();
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      return `${last.name}: ${error.cause?.message ?? error.message}`;
    }
    saga.pop();
  }
  return null;
}
