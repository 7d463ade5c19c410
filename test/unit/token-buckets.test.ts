import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTokenBuckets } from '../../api/token-buckets.ts';

/** Buckets on a clock that is set by hand, from a time that is not zero. */
function bucketsAt({ perSecond, burst }: { perSecond: number; burst: number }) {
  let now = 1_234_567;
  const buckets = createTokenBuckets({ perSecond, burst }, () => now);
  return {
    take: buckets.take,
    passes(ms: number) {
      now += ms;
    },
  };
}

const taken = (take: (name: string) => number, count: number) => Array.from({ length: count }, () => take('key')).filter((waitMs) => waitMs === 0).length;

describe('a bucket', () => {
  test('gives its burst at once, then one token at a time at its rate', () => {
    const { take, passes } = bucketsAt({ perSecond: 10, burst: 5 });
    expect(taken(take, 8)).toBe(5);
    passes(99);
    expect(take('key')).toBeCloseTo(1);
    passes(1);
    expect(take('key')).toBe(0);
    expect(take('key')).toBeCloseTo(100);
  });

  test('says how long to wait, and is right', () => {
    const { take, passes } = bucketsAt({ perSecond: 3, burst: 2 });
    taken(take, 2);
    const waitMs = take('key');
    passes(waitMs);
    expect(take('key')).toBe(0);
  });

  test('is full again after a pause, and never fuller', () => {
    const { take, passes } = bucketsAt({ perSecond: 10, burst: 5 });
    taken(take, 5);
    passes(3_600_000);
    expect(taken(take, 8)).toBe(5);
  });

  test("is nobody else's", () => {
    const { take } = bucketsAt({ perSecond: 1, burst: 1 });
    expect([take('one'), take('other')]).toEqual([0, 0]);
    expect(take('one')).toBeGreaterThan(0);
  });

  test('is not emptied by whoever is turned away', () => {
    const { take, passes } = bucketsAt({ perSecond: 1, burst: 1 });
    take('key');
    taken(take, 100);
    passes(1_000);
    expect(take('key')).toBe(0);
  });
});

test('in any stretch of time no more pass than the burst and what the rate brings', () => {
  const terms = fc.record({
    perSecond: fc.integer({ min: 1, max: 100 }),
    burst: fc.integer({ min: 1, max: 50 }),
    pauses: fc.array(fc.nat(500), { maxLength: 200 }),
  });
  fc.assert(
    fc.property(terms, ({ perSecond, burst, pauses }) => {
      const { take, passes } = bucketsAt({ perSecond, burst });
      const passed: number[] = [];
      let at = 0;
      for (const pause of pauses) {
        passes(pause);
        at += pause;
        if (take('key') === 0) passed.push(at);
      }
      return passed.every((start, first) => passed.slice(first).every((end, index) => index + 1 <= burst + ((end - start) * perSecond) / 1000 + 1e-6));
    }),
  );
});
