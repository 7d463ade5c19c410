/** The five families on every project, each with its values, worst first. */
export const badgeValues = {
  scan: ['blocked', 'failed', 'not_started', 'scope_required', 'authorization_required', 'ready', 'queued', 'running', 'completed'],
  report: ['no_report', 'draft', 'missing_evidence', 'publication_blocked', 'ready_for_publish', 'published'],
  fix: ['retest_failed', 'credit_required', 'waiting_for_evidence', 'in_progress', 'retest_pending', 'no_tasks', 'fixed'],
  handoff: ['failed', 'retry_scheduled', 'not_sent', 'portable_file', 'exported', 'not_needed'],
  monitoring: ['inactive', 'inconclusive', 'new_issues', 'recurring_issues', 'baseline_required', 'off', 'active'],
} as const;

export type BadgeFamily = keyof typeof badgeValues;
export type BadgeValue<F extends BadgeFamily = BadgeFamily> = (typeof badgeValues)[F][number];

export const badgeFamilies = Object.keys(badgeValues) as [BadgeFamily, ...BadgeFamily[]];

/** Families that delivery systems report; the report badge follows from the report's gates and is never typed in. */
export const reportedBadgeFamilies = ['scan', 'fix', 'handoff', 'monitoring'] as const;
export type ReportedBadgeFamily = (typeof reportedBadgeFamilies)[number];

/** What a project shows before anything was reported. */
export const initialBadges = {
  scan: 'not_started',
  report: 'no_report',
  fix: 'no_tasks',
  handoff: 'not_sent',
  monitoring: 'off',
} as const satisfies { [F in BadgeFamily]: BadgeValue<F> };

/** Values of the families that do not stop sharing but are worth a warning. */
export const warningBadges = {
  fix: ['retest_failed', 'credit_required', 'waiting_for_evidence'],
  handoff: ['failed', 'retry_scheduled'],
  monitoring: ['inactive', 'inconclusive', 'new_issues', 'recurring_issues'],
} as const satisfies { [F in 'fix' | 'handoff' | 'monitoring']: readonly BadgeValue<F>[] };

export interface Badge {
  value: BadgeValue;
  reason: string | null;
  /** When it became so, by the clock of whoever reported it; null where nothing was reported yet. */
  at: Date | null;
}

export type Badges = { [F in BadgeFamily]: Badge };
