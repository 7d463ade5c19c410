import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GateState, type Gates, publicationGates, reportBadge } from '../../domain/report.ts';
import { anyGates, now } from './facts.ts';

const gates = (others: Partial<Gates> = {}): Gates => {
  const passed = { state: 'passed' as const };
  return { evidence: passed, scope: passed, confidence: passed, redaction: passed, legalBoundary: passed, falsePositiveReview: passed, ...others };
};
const badge = (others: Partial<Gates>, shared = false) => reportBadge({ gates: gates(others), at: now }, shared);

test('without a report there is no report', () => {
  for (const shared of [true, false]) expect(reportBadge(null, shared)).toEqual({ value: 'no_report', reason: null, at: null });
});

test('with all gates passed it is ready, and published once it is shared', () => {
  expect(badge({})).toEqual({ value: 'ready_for_publish', reason: null, at: now });
  expect(badge({}, true)).toEqual({ value: 'published', reason: null, at: now });
});

test.each(publicationGates)('a blocked gate blocks publication: %s', (gate) => {
  expect(badge({ [gate]: { state: 'blocked' } })).toEqual({ value: 'publication_blocked', reason: `${gate} blocked`, at: now });
});

test.each(publicationGates)('a missing gate is missing evidence: %s', (gate) => {
  expect(badge({ [gate]: { state: 'missing' } })).toEqual({ value: 'missing_evidence', reason: `${gate} missing`, at: now });
});

test('a blocked gate outweighs a missing one, and only the blocked ones are told', () => {
  const found = badge({ evidence: { state: 'missing' }, scope: { state: 'blocked', reason: 'out of scope' }, redaction: { state: 'blocked' } });
  expect(found).toEqual({ value: 'publication_blocked', reason: 'out of scope; redaction blocked', at: now });
});

test('sharing never hides a gate that is not passed', () => {
  fc.assert(
    fc.property(anyGates, fc.boolean(), (all, shared) => {
      const has = (state: GateState) => publicationGates.some((gate) => all[gate].state === state);
      const meant = has('blocked') ? 'publication_blocked' : has('missing') ? 'missing_evidence' : shared ? 'published' : 'ready_for_publish';
      expect(reportBadge({ gates: all, at: now }, shared).value).toBe(meant);
    }),
  );
});

test('there are the six publication gates', () => {
  expect(publicationGates).toEqual(['evidence', 'scope', 'confidence', 'redaction', 'legalBoundary', 'falsePositiveReview']);
});
