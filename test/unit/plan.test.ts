import { describe, expect, test } from 'vitest';
import { allowanceWarningPercents, isPlanEligible, planDefaults, planStates } from '../../domain/plan.ts';

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
