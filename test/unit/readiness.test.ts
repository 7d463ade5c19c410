import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { badgeFamilies, badgeValues, warningBadges } from '../../domain/badge.ts';
import { isPlanEligible, type PlanState } from '../../domain/plan.ts';
import { type ReadinessFacts, readiness } from '../../domain/readiness.ts';
import { refusalCodes } from '../../domain/refusal.ts';
import { anyFacts, badges, now, readyFacts } from './facts.ts';

const codes = (facts: ReadinessFacts) => readiness(facts, now).blockers.map(({ code }) => code);
const past = new Date(now.getTime() - 1);

test('an assigned active client, a completed scan, a ready report and an eligible plan make a project ready', () => {
  expect(readiness(readyFacts(), now)).toEqual({ ready: true, blockers: [], warnings: [] });
});

describe('blocks', () => {
  test.each([null, 'pending' as const])('a project whose client is %s', (clientState) => {
    expect(codes(readyFacts({ clientState }))).toEqual(['NO_CLIENT_ACCOUNT']);
  });

  test('an archived client', () => {
    expect(codes(readyFacts({ clientState: 'archived' }))).toEqual(['CLIENT_ARCHIVED']);
  });

  test.each(badgeValues.scan.filter((value) => value !== 'completed'))('a scan that is %s', (scan) => {
    const { blockers } = readiness(readyFacts({ badges: badges({ scan, report: 'published' }) }), now);
    expect(blockers).toEqual([{ code: 'SCAN_NOT_COMPLETED', reason: `scan is ${scan}` }]);
  });

  test.each(['no_report', 'draft', 'missing_evidence'] as const)('a report that is %s', (report) => {
    const { blockers } = readiness(readyFacts({ badges: badges({ scan: 'completed', report }) }), now);
    expect(blockers).toEqual([{ code: 'REPORT_NOT_READY', reason: `report is ${report}` }]);
  });

  test('a report whose publication is blocked, with a code of its own', () => {
    expect(codes(readyFacts({ badges: badges({ scan: 'completed', report: 'publication_blocked' }) }))).toEqual(['REPORT_PUBLICATION_BLOCKED']);
  });

  test.each<[PlanState, Date]>([
    ['past_due', new Date(now.getTime() + 1)],
    ['cancelled', new Date(now.getTime() + 1)],
    ['cancellation_scheduled', now],
    ['cancellation_scheduled', past],
  ])('a plan that is %s with its period ending at %s', (state, periodEnd) => {
    expect(readiness(readyFacts({ plan: { state, periodEnd } }), now).blockers).toEqual([{ code: 'AGENCY_PLAN_INELIGIBLE', reason: `plan is ${state}` }]);
  });
});

test.each(['ready_for_publish', 'published'] as const)('a report that is %s does not block', (report) => {
  expect(codes(readyFacts({ badges: badges({ scan: 'completed', report }) }))).toEqual([]);
});

test('everything that blocks is named, in the order in which a person would clear it', () => {
  const facts = { clientState: null, badges: badges(), plan: { state: 'past_due' as const, periodEnd: past } };
  expect(codes(facts)).toEqual(['NO_CLIENT_ACCOUNT', 'SCAN_NOT_COMPLETED', 'REPORT_NOT_READY', 'AGENCY_PLAN_INELIGIBLE']);
});

test('a reason that was reported is told instead of the value', () => {
  const facts = readyFacts();
  facts.badges.scan = { value: 'blocked', reason: 'robots.txt forbids it', at: now };
  expect(readiness(facts, now).blockers).toEqual([{ code: 'SCAN_NOT_COMPLETED', reason: 'robots.txt forbids it' }]);
});

describe('warns, without blocking, of', () => {
  const warning = (['fix', 'handoff', 'monitoring'] as const).flatMap((family) => warningBadges[family].map((value) => [family, value] as const));
  test.each(warning)('%s %s', (family, value) => {
    const facts = readyFacts();
    facts.badges[family] = { value, reason: 'because', at: now };
    expect(readiness(facts, now)).toEqual({ ready: true, blockers: [], warnings: [{ family, value, reason: 'because' }] });
  });
});

describe('whatever the facts', () => {
  const check = (property: (facts: ReadinessFacts) => void) => fc.assert(fc.property(anyFacts, property), { numRuns: 500 });

  test('ready means exactly: active client, completed scan, ready report, eligible plan', () => {
    check((facts) => {
      const report = facts.badges.report.value;
      const meant =
        facts.clientState === 'active' &&
        facts.badges.scan.value === 'completed' &&
        (report === 'ready_for_publish' || report === 'published') &&
        isPlanEligible(facts.plan, now);
      expect(readiness(facts, now).ready).toBe(meant);
    });
  });

  test('it is ready if and only if nothing blocks, and every blocker is a refusal, named once', () => {
    check((facts) => {
      const { ready, blockers } = readiness(facts, now);
      expect(ready).toBe(blockers.length === 0);
      expect(new Set(blockers.map(({ code }) => code)).size).toBe(blockers.length);
      for (const { code } of blockers) expect(refusalCodes).toContain(code);
    });
  });

  test('fix, handoff and monitoring never decide', () => {
    check((facts) => {
      const { fix, handoff, monitoring } = badges();
      const calm = { ...facts, badges: { ...facts.badges, fix, handoff, monitoring } };
      expect(readiness(facts, now).blockers).toEqual(readiness(calm, now).blockers);
    });
  });
});

test('the badges are the five families, each worst first and ending at its best', () => {
  expect(badgeFamilies).toEqual(['scan', 'report', 'fix', 'handoff', 'monitoring']);
  expect(badgeFamilies.map((family) => [badgeValues[family].length, badgeValues[family][0], badgeValues[family].at(-1)])).toEqual([
    [9, 'blocked', 'completed'],
    [6, 'no_report', 'published'],
    [7, 'retest_failed', 'fixed'],
    [6, 'failed', 'not_needed'],
    [7, 'inactive', 'active'],
  ]);
});
