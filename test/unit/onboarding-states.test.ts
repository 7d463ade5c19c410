import { describe, expect, test } from 'vitest';
import { endedBadly, explainBlocker, isEnded, mayBecome, onboardingStates, onboardingTransitions, stepNames, stepStates } from '../../domain/onboarding.ts';
import { refusalCodes, refusals } from '../../domain/refusal.ts';

test('the states are those of the product', () => {
  expect(onboardingStates).toEqual([
    'running',
    'waiting_for_allowance',
    'waiting_for_project',
    'waiting_for_status',
    'stalled',
    'ready_to_share',
    'refused',
    'cancelled',
    'needs_attention',
  ]);
  expect(stepNames).toEqual(['create_account', 'check_allowance', 'assign_project', 'verify_status']);
  expect(stepStates).toEqual(['pending', 'running', 'waiting', 'done', 'skipped', 'refused', 'undone']);
});

test.each(['ready_to_share', 'refused', 'cancelled'] as const)('nothing follows %s', (state) => {
  expect(isEnded(state)).toBe(true);
  expect(onboardingTransitions[state]).toEqual([]);
});

test('every other state has a way on and can be cancelled', () => {
  for (const state of onboardingStates.filter((each) => !isEnded(each))) {
    expect(onboardingTransitions[state], state).toContain('cancelled');
  }
});

test('every state is reached from running', () => {
  const reached = new Set<string>(['running']);
  for (const state of reached) for (const next of onboardingTransitions[state as keyof typeof onboardingTransitions]) reached.add(next);
  expect([...reached].sort()).toEqual([...onboardingStates].sort());
});

test('no state leads to itself: staying is no transition', () => {
  for (const state of onboardingStates) expect(onboardingTransitions[state]).not.toContain(state);
});

test('only a refusal or a cancellation is a bad end', () => {
  expect(onboardingStates.filter(endedBadly)).toEqual(['refused', 'cancelled']);
});

describe('mayBecome', () => {
  test.each(onboardingStates)('is the transition table the other way round, and %s itself', (next) => {
    const meant = onboardingStates.filter((state) => state === next || onboardingTransitions[state].some((each) => each === next));
    expect(mayBecome(next)).toEqual(meant);
  });

  test('lets a wait for status begin from running, from the wait for a project and from stalled', () => {
    expect(mayBecome('waiting_for_status')).toEqual(['running', 'waiting_for_project', 'waiting_for_status', 'stalled']);
  });

  test('lets no ended onboarding come back', () => {
    for (const next of onboardingStates.filter((state) => !isEnded(state))) {
      for (const from of mayBecome(next)) expect(isEnded(from)).toBe(false);
    }
  });

  test('lets an undo that failed end, and nothing else', () => {
    expect(onboardingStates.filter((next) => next !== 'needs_attention' && mayBecome(next).includes('needs_attention'))).toEqual(['refused', 'cancelled']);
  });
});

describe('a blocker in words', () => {
  test.each([...refusalCodes, 'NO_PROJECT_YET' as const, 'UNDO_FAILED' as const])('tells why and what to do: %s', (code) => {
    const { message, nextAction } = explainBlocker({ code, reason: null });
    expect(message).not.toBe('');
    expect(nextAction.label).not.toBe('');
  });

  test('adds what the case at hand knows', () => {
    const { message } = explainBlocker({ code: 'CLIENT_LIMIT_REACHED', reason: '10 of 10 client slots are in use' });
    expect(message).toBe(`${refusals.CLIENT_LIMIT_REACHED.detail} (10 of 10 client slots are in use)`);
  });
});
