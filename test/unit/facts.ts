import fc from 'fast-check';
import { type Badge, type BadgeFamily, type Badges, badgeValues, initialBadges } from '../../domain/badge.ts';
import { clientStates } from '../../domain/client.ts';
import { planStates } from '../../domain/plan.ts';
import type { ReadinessFacts } from '../../domain/readiness.ts';
import { type Gates, gateStates, publicationGates } from '../../domain/report.ts';

export const now = new Date('2026-03-01T12:00:00.000Z');
const later = new Date('2026-03-02T12:00:00.000Z');

const badge = (value: Badge['value']): Badge => ({ value, reason: null, at: null });

/** Badges as a project starts with them, but for those that are named. */
export function badges(values: { [F in BadgeFamily]?: Badge['value'] } = {}): Badges {
  const all = { ...initialBadges, ...values };
  return { scan: badge(all.scan), report: badge(all.report), fix: badge(all.fix), handoff: badge(all.handoff), monitoring: badge(all.monitoring) };
}

/** A project of which nothing blocks sharing, but for what is named. */
export function readyFacts(changes: Partial<ReadinessFacts> = {}): ReadinessFacts {
  return {
    clientState: 'active',
    badges: badges({ scan: 'completed', report: 'ready_for_publish', fix: 'fixed', handoff: 'exported', monitoring: 'active' }),
    plan: { state: 'active', periodEnd: later },
    ...changes,
  };
}

const anyBadge = (family: BadgeFamily): fc.Arbitrary<Badge> =>
  fc.record({
    value: fc.constantFrom<Badge['value'][]>(...badgeValues[family]),
    reason: fc.option(fc.string({ minLength: 1, maxLength: 20 })),
    at: fc.option(fc.constant(now)),
  });

export const anyFacts: fc.Arbitrary<ReadinessFacts> = fc.record({
  clientState: fc.option(fc.constantFrom(...clientStates)),
  badges: fc.record({
    scan: anyBadge('scan'),
    report: anyBadge('report'),
    fix: anyBadge('fix'),
    handoff: anyBadge('handoff'),
    monitoring: anyBadge('monitoring'),
  }),
  plan: fc.record({ state: fc.constantFrom(...planStates), periodEnd: fc.constantFrom(new Date('2026-02-28T12:00:00.000Z'), later) }),
});

const anyGate = fc.record({ state: fc.constantFrom(...gateStates), reason: fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: undefined }) });
export const anyGates: fc.Arbitrary<Gates> = fc
  .tuple(...publicationGates.map(() => anyGate))
  .map((gates) => Object.fromEntries(publicationGates.map((name, index) => [name, gates[index] ?? { state: 'passed' }])) as Gates);
