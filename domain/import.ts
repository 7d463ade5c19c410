import { z } from 'zod';
import { type OnDuplicate, onDuplicateChoices } from './import-state.ts';
import { type OnLimit, onLimitChoices } from './onboarding.ts';
import { line } from './text.ts';
import { defaultWaitingPolicy, type WaitingPolicy } from './waiting.ts';

/** How an import is to be done. */
export interface ImportChoices {
  onLimit: OnLimit;
  onDuplicate: OnDuplicate;
}

/** The same as parameters of a query. */
export const importChoices = {
  onLimit: z.enum(onLimitChoices).default('wait'),
  onDuplicate: z.enum(onDuplicateChoices).default('skip'),
  fileName: line(200).optional(),
};

/** How an import goes about it. Policy that travels with it, so that a test need not wait. */
export interface ImportPolicy {
  /** How many onboardings of it may be undecided at once. */
  atOnce: number;
  /** How often it looks what its onboardings came to: at first, then less and less often while nothing moves. */
  lookAgainMs: { first: number; most: number };
  /** How long an onboarding of it may be undecided before it is asked for again, in case somebody has terminated it. */
  lostAfterMs: number;
  /** How long after its start its rows may still be stored. */
  storedWithinMs: number;
  /** How long what rows say is kept behind the end. */
  rowsKeptMs: number;
  waiting: WaitingPolicy;
}

export const defaultImportPolicy: ImportPolicy = {
  atOnce: 40,
  lookAgainMs: { first: 100, most: 10_000 },
  lostAfterMs: 60_000,
  storedWithinMs: 120_000,
  rowsKeptMs: 30 * 24 * 3_600_000,
  waiting: defaultWaitingPolicy,
};
