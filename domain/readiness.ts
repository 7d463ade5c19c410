import { type Badges, warningBadges } from './badge.ts';
import type { ClientState } from './client.ts';
import { isPlanEligible, type PlanStanding } from './plan.ts';
import type { RefusalCode } from './refusal.ts';

/** Codes that stand in the way of sharing; a subset of the refusals, so that a blocker and the refusal of sharing say the same. */
export type ReadinessBlocker = Extract<
  RefusalCode,
  'NO_CLIENT_ACCOUNT' | 'CLIENT_ARCHIVED' | 'SCAN_NOT_COMPLETED' | 'REPORT_NOT_READY' | 'REPORT_PUBLICATION_BLOCKED' | 'AGENCY_PLAN_INELIGIBLE'
>;

export interface ReadinessFacts {
  /** State of the assigned client account, or null for an unassigned project. */
  clientState: ClientState | null;
  badges: Badges;
  plan: PlanStanding;
}

export interface ReadinessWarning {
  family: keyof typeof warningBadges;
  value: string;
  reason: string | null;
}

export interface Readiness {
  ready: boolean;
  /** In the order in which a person would clear them. */
  blockers: { code: ReadinessBlocker; reason: string | null }[];
  warnings: ReadinessWarning[];
}

/** The answer of *verify status*: may this project's report be shared at `now`, and if not, what blocks it? */
export function readiness({ clientState, badges, plan }: ReadinessFacts, now: Date): Readiness {
  const blockers: Readiness['blockers'] = [];
  const block = (code: ReadinessBlocker, reason: string | null = null) => blockers.push({ code, reason });

  if (clientState === null || clientState === 'pending') block('NO_CLIENT_ACCOUNT');
  if (clientState === 'archived') block('CLIENT_ARCHIVED');
  if (badges.scan.value !== 'completed') block('SCAN_NOT_COMPLETED', badges.scan.reason ?? `scan is ${badges.scan.value}`);
  if (badges.report.value === 'publication_blocked') block('REPORT_PUBLICATION_BLOCKED', badges.report.reason);
  else if (badges.report.value !== 'ready_for_publish' && badges.report.value !== 'published') {
    block('REPORT_NOT_READY', badges.report.reason ?? `report is ${badges.report.value}`);
  }
  if (!isPlanEligible(plan, now)) block('AGENCY_PLAN_INELIGIBLE', `plan is ${plan.state}`);

  return { ready: blockers.length === 0, blockers, warnings: warnings(badges) };
}

function warnings(badges: Badges): ReadinessWarning[] {
  const families = Object.keys(warningBadges) as (keyof typeof warningBadges)[];
  return families
    .filter((family) => (warningBadges[family] as readonly string[]).includes(badges[family].value))
    .map((family) => ({ family, value: badges[family].value, reason: badges[family].reason }));
}
