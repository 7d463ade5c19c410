import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alarmsAhead, defaultWaitingPolicy, nextAlarm, remindersDue, type WaitingPolicy } from '../../domain/waiting.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

test('the defaults are: look every 15 minutes, remind after 3, 7 and 14 days, stall after 30', () => {
  expect(defaultWaitingPolicy).toMatchObject({ recheckMs: 15 * minuteMs, remindAfterMs: [3 * dayMs, 7 * dayMs, 14 * dayMs], stallAfterMs: 30 * dayMs });
});

describe('the next alarm', () => {
  const alarm = (waitedMs: number, remindersSent = 0, stalled = false) => nextAlarm(defaultWaitingPolicy, { waitedMs, remindersSent, stalled });

  test('is a look of its own, most of the time', () => {
    expect(alarm(0)).toEqual({ summary: 'Waiting for a project', inMs: 15 * minuteMs });
  });

  test('is the reminder when that comes first', () => {
    expect(alarm(3 * dayMs - minuteMs)).toEqual({ summary: 'Waiting for a project; then reminder 1', inMs: minuteMs });
    expect(alarm(7 * dayMs - minuteMs, 1)).toEqual({ summary: 'Waiting for a project; then reminder 2', inMs: minuteMs });
  });

  test('is the stall when that comes first', () => {
    expect(alarm(30 * dayMs - minuteMs, 3)).toEqual({ summary: 'Waiting for a project; then stalled', inMs: minuteMs });
  });

  test('is at once when it is overdue', () => {
    expect(alarm(20 * dayMs, 1).inMs).toBe(1);
  });

  test('is only ever a look once it has stalled', () => {
    expect(alarm(40 * dayMs, 0, true)).toEqual({ summary: 'Waiting for a project', inMs: 15 * minuteMs });
  });
});

test('a reminder is due at its time, not a moment sooner', () => {
  const due = (waitedMs: number) => remindersDue(defaultWaitingPolicy, waitedMs);
  expect([3 * dayMs - 1, 3 * dayMs, 7 * dayMs - 1, 7 * dayMs, 14 * dayMs, 30 * dayMs].map(due)).toEqual([0, 1, 1, 2, 3, 3]);
});

test('what is ahead of a wait is counted from its beginning: the next reminder, none after the third, and the stall', () => {
  const ahead = (remindersSent: number) => alarmsAhead(defaultWaitingPolicy, { sinceMs: 1_000, remindersSent });
  expect(ahead(0)).toEqual({ reminderAtMs: 1_000 + 3 * dayMs, stallAtMs: 1_000 + 30 * dayMs });
  expect(ahead(2)).toEqual({ reminderAtMs: 1_000 + 14 * dayMs, stallAtMs: 1_000 + 30 * dayMs });
  expect(ahead(3)).toEqual({ reminderAtMs: null, stallAtMs: 1_000 + 30 * dayMs });
});

describe('whatever the policy', () => {
  const policies: fc.Arbitrary<WaitingPolicy> = fc.record({
    recheckMs: fc.integer({ min: 1, max: 10_000 }),
    remindAfterMs: fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 5 }).map((times) => times.sort((a, b) => a - b)),
    stallAfterMs: fc.integer({ min: 1, max: 200_000 }),
    undoAttempts: fc.constant(3),
    undoBackoffMs: fc.constant(10),
  });
  const waits = fc.record({ waitedMs: fc.integer({ min: 0, max: 300_000 }), remindersSent: fc.integer({ min: 0, max: 6 }), stalled: fc.boolean() });

  test('the alarm is in the future, and never later than the look', () => {
    fc.assert(
      fc.property(policies, waits, (policy, wait) => {
        const { inMs } = nextAlarm(policy, wait);
        expect(inMs).toBeGreaterThanOrEqual(1);
        expect(inMs).toBeLessThanOrEqual(policy.recheckMs);
      }),
    );
  });

  test('no reminder and no stall is slept through', () => {
    fc.assert(
      fc.property(policies, waits, (policy, wait) => {
        fc.pre(!wait.stalled);
        const next = policy.remindAfterMs[wait.remindersSent];
        const until = wait.waitedMs + nextAlarm(policy, wait).inMs;
        if (next !== undefined && next > wait.waitedMs) expect(until).toBeLessThanOrEqual(next);
        if (policy.stallAfterMs > wait.waitedMs) expect(until).toBeLessThanOrEqual(policy.stallAfterMs);
      }),
    );
  });

  test('reminders due only ever grow, from none to all', () => {
    fc.assert(
      fc.property(policies, fc.nat(300_000), fc.nat(300_000), (policy, one, other) => {
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
        expect(remindersDue(policy, sooner)).toBeLessThanOrEqual(remindersDue(policy, later));
        expect(remindersDue(policy, 0)).toBe(0);
        expect(remindersDue(policy, 300_000)).toBe(policy.remindAfterMs.length);
      }),
    );
  });

  test('a wait that follows its alarms sends every reminder once, in order, and stalls at its time', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const sent: number[] = [];
        let waitedMs = 0;
        while (waitedMs < policy.stallAfterMs) {
          waitedMs += nextAlarm(policy, { waitedMs, remindersSent: sent.length, stalled: false }).inMs;
          const due = remindersDue(policy, waitedMs);
          if (due > sent.length) sent.push(due);
        }
        expect(waitedMs).toBe(policy.stallAfterMs);
        const before = policy.remindAfterMs.filter((afterMs) => afterMs <= policy.stallAfterMs).length;
        expect(sent).toEqual(Array.from({ length: before }, (_, index) => index + 1));
      }),
      { numRuns: 30 },
    );
  });
});
