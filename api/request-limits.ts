import type { AppContext, Deps } from './environment.ts';
import { refused } from './refused.ts';
import { createTokenBuckets, type Rate, type TokenBuckets } from './token-buckets.ts';
import { createTurns, type Turns } from './turns.ts';

/** What one process lets through, so that nobody's storm slows others. */
export interface RequestLimits {
  /** Requests of a person, a key or the operator. */
  caller: TokenBuckets;
  /** Requests for one account, of all its callers together. */
  account: TokenBuckets;
  /** Refused attempts of a caller that are written into the history; more of them are only logged. */
  recordedAttempts: TokenBuckets;
  /** Reads of one account at a time: whoever asks for many at once stands behind themselves, not before others. */
  reads: Turns;
  /** Logos of one account that are drawn at a time: one that takes long keeps a processor busy. */
  drawings: Turns;
}

/** A bucket holds this many seconds' worth, for pages and scripts that ask for many things at once. */
const burstSeconds = 10;

/** A refusal a second is somebody who tries; more is a loop. */
const recordedAttempts: Rate = { perSecond: 1, burst: 60 };

/** Enough to keep API and database busy. */
const readsAtATime = 4;

/** @param clock ms on a clock that never goes back */
export function createRequestLimits({ perCaller, perAccount }: { perCaller: number; perAccount: number }, clock?: () => number): RequestLimits {
  const buckets = (perSecond: number) => createTokenBuckets({ perSecond, burst: perSecond * burstSeconds }, clock);
  return {
    caller: buckets(perCaller),
    account: buckets(perAccount),
    recordedAttempts: createTokenBuckets(recordedAttempts, clock),
    reads: createTurns(readsAtATime),
    drawings: createTurns(1),
  };
}

/** Lets the request pass, or refuses with `RATE_LIMITED` and says when it is worth coming again. */
export function admit(c: AppContext, limit: 'caller' | 'account', name: string): void {
  const waitMs = c.get('deps').limits[limit].take(name);
  if (waitMs > 0) throw refused('RATE_LIMITED', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
}

/** Reads, or draws, when it is the account's turn. */
export async function inTurn<T>({ limits }: Pick<Deps, 'limits'>, accountId: string, work: () => Promise<T>, of: 'reads' | 'drawings' = 'reads'): Promise<T> {
  const end = await limits[of].take(accountId);
  try {
    return await work();
  } finally {
    end();
  }
}
