/** One run of an activity, as the step's row remembers it. */
export interface StepRun {
  /** Counts from 1; more than one means that earlier attempts failed. */
  attempt: number;
  /** When the activity was scheduled. */
  startedAt: Date;
}
