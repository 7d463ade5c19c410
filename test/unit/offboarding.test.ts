import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erasableFrom } from '../../domain/erasure.ts';
import { isOffboardingDay } from '../../domain/offboarding.ts';
import { beginningOf, defaultOffboardingPolicy, nextOffboardingAlarm, offboardingRemindersDue } from '../../domain/offboarding-policy.ts';

const dayMs = 86_400_000;
const policy = { ...defaultOffboardingPolicy, recheckMs: 365 * dayMs };

describe('the wait for the day on which a client leaves', () => {
  test.each([
    [30, 0, { what: 'reminder', inMs: 23 * dayMs }],
    [7, 1, { what: 'reminder', inMs: 6 * dayMs }],
    [1, 2, { what: 'end', inMs: dayMs }],
    [0, 2, { what: 'end', inMs: 1 }],
  ])('with %d days left and %d reminders sent', (days, remindersSent, alarm) => {
    expect(nextOffboardingAlarm(policy, { remainingMs: days * dayMs, remindersSent })).toEqual(alarm);
  });

  test('looks for itself in between', () => {
    expect(nextOffboardingAlarm(defaultOffboardingPolicy, { remainingMs: 30 * dayMs, remindersSent: 0 })).toEqual({ what: 'look', inMs: dayMs });
  });

  test('reminds as often as there are reminders, however its looks fall, and comes to its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 * dayMs }), fc.integer({ min: 0, max: 3 * dayMs }), (totalMs, lateMs) => {
        let [remainingMs, remindersSent, looks] = [totalMs, 0, 0];
        while (remainingMs > 0 && looks++ < 1_000) {
          remainingMs -= nextOffboardingAlarm(policy, { remainingMs, remindersSent }).inMs + (looks % 2 ? lateMs : 0);
          remindersSent = Math.max(remindersSent, offboardingRemindersDue(policy, remainingMs));
        }
        expect(remainingMs).toBeLessThanOrEqual(0);
        expect(remindersSent).toBe(policy.remindBeforeMs.length);
      }),
    );
  });
});

test('a day ends what ends on it as it begins, and is one to come', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(beginningOf('2026-11-25')).toEqual(new Date('2026-11-25T00:00:00Z'));
  expect(['2026-11-23', '2026-11-24', '2026-11-25', '2031-11-01', '2032-11-24'].map((day) => isOffboardingDay(beginningOf(day), now))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
});

test('a client may be erased once its retention has passed', () => {
  expect(erasableFrom(new Date('2026-11-24T12:00:00Z'), 30)).toEqual(new Date('2026-12-24T12:00:00Z'));
});
