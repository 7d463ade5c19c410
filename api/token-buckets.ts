import { LRUCache } from 'lru-cache';

/** How much somebody may ask for: so many requests a second for as long as they like, and so many at once after a pause. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** A bucket of tokens for each name, filled at the rate, in the memory of this process. */
export interface TokenBuckets {
  /** Takes one token of the bucket. Returns 0, or, where the bucket is empty, in how many ms there is one. */
  take(name: string): number;
}

/** More names than that at a time push out the one that asked longest ago, whose bucket is then full again. */
const mostNames = 100_000;
/** As a size of one each, which takes memory for those that are there. A `max` would take it for all of them at once: megabytes, and tens of milliseconds. */
const mostBuckets = { maxSize: mostNames, sizeCalculation: () => 1 };

/** @param clock ms on a clock that never goes back */
export function createTokenBuckets({ perSecond, burst }: Rate, clock: () => number = () => performance.now()): TokenBuckets {
  const tokenMs = 1_000 / perSecond;
  // When each bucket is full again: one number says how many tokens it has. By then it may be forgotten.
  const fullAt = new LRUCache<string, number>({ ...mostBuckets, ttl: Math.ceil(burst * tokenMs), perf: { now: clock } });
  return {
    take(name) {
      const now = clock();
      const full = Math.max(now, fullAt.get(name) ?? 0) + tokenMs;
      const missingMs = full - now - burst * tokenMs;
      // Tokens of a fraction of a millisecond add up to numbers that are off in the last digit.
      if (missingMs > 1e-6) return missingMs;
      fullAt.set(name, full);
      return 0;
    },
  };
}
