import { describe, expect, test } from 'vitest';
import { allowanceWarningPercents, isPlanEligible, periodAt, planDefaults, planStates } from '../../domain/plan.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const at = (ms: number) => new Date(now.getTime() + ms);

test('a plan has one of five states, and starts with ten slots, fifty scans and ten monitored projects', () => {
  expect(planStates).toEqual(['trialing', 'active', 'cancellation_scheduled', 'past_due', 'cancelled']);
  expect(planDefaults).toMatchObject({ clientLimit: 10, scansPerPeriod: 50, monitoredProjects: 10 });
  expect(allowanceWarningPercents).toEqual([80, 100]);
});

describe('grants something new', () => {
  test.each(['trialing', 'active'] as const)('while %s, whatever its period', (state) => {
    for (const periodEnd of [at(-1), now, at(1)]) expect(isPlanEligible({ state, periodEnd }, now)).toBe(true);
  });

  test('with a cancellation scheduled, until the period ends and not a moment longer', () => {
    const eligible = (periodEnd: Date) => isPlanEligible({ state: 'cancellation_scheduled', periodEnd }, now);
    expect([at(1), now, at(-1)].map(eligible)).toEqual([true, false, false]);
  });

  test.each(['past_due', 'cancelled'] as const)('never while %s', (state) => {
    for (const periodEnd of [at(-1), now, at(1)]) expect(isPlanEligible({ state, periodEnd }, now)).toBe(false);
  });
});

describe('the period', () => {
  const dayMs = 86_400_000;
  const inDays = (days: number) => at(days * dayMs);
  const days = ({ start, end }: { start: Date; end: Date }) => [start, end].map((time) => (time.getTime() - now.getTime()) / dayMs);

  test.each(['active', 'past_due'] as const)('of a plan that is %s follows the one before, each as long, from the moment in which that ends', (state) => {
    const shown = (start: number, end: number) => days(periodAt({ state, start: inDays(start), end: inDays(end) }, now));
    expect(shown(-10, 20)).toEqual([-10, 20]);
    expect(shown(-30, 0)).toEqual([0, 30]);
    expect(shown(-45, -15)).toEqual([-15, 15]);
    expect(shown(-400, -370)).toEqual([-10, 20]);
    expect(shown(10, 40)).toEqual([10, 40]);
  });

  test.each(['trialing', 'cancellation_scheduled', 'cancelled'] as const)('of a plan that is %s is its last', (state) => {
    expect(days(periodAt({ state, start: inDays(-45), end: inDays(-15) }, now))).toEqual([-45, -15]);
  });
});
