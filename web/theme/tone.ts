import type { BadgeFamily, BadgeValue } from '../../domain/badge.ts';
import type { ImportOutcome, ImportState } from '../../domain/import-state.ts';
import type { OnboardingState } from '../../domain/onboarding.ts';

/** The four meanings, and one for what says nothing yet. Each has a colour and a shape of its own. */
export type Tone = 'fine' | 'waits' | 'needs' | 'blocked' | 'quiet';

export const onboardingTone = {
  running: 'waits',
  waiting_for_allowance: 'needs',
  waiting_for_project: 'needs',
  waiting_for_status: 'waits',
  stalled: 'blocked',
  ready_to_share: 'fine',
  refused: 'blocked',
  cancelled: 'quiet',
  needs_attention: 'blocked',
} as const satisfies Record<OnboardingState, Tone>;

export const importTone = { queued: 'waits', running: 'waits', done: 'fine', cancelled: 'quiet' } as const satisfies Record<ImportState, Tone>;

export const outcomeTone = {
  pending: 'quiet',
  running: 'waits',
  created: 'fine',
  updated: 'fine',
  waiting: 'needs',
  duplicate: 'quiet',
  refused: 'blocked',
  cancelled: 'quiet',
} as const satisfies Record<ImportOutcome, Tone>;

export const badgeTone = {
  scan: {
    blocked: 'blocked',
    failed: 'blocked',
    not_started: 'quiet',
    scope_required: 'needs',
    authorization_required: 'needs',
    ready: 'waits',
    queued: 'waits',
    running: 'waits',
    completed: 'fine',
  },
  report: {
    no_report: 'quiet',
    draft: 'waits',
    missing_evidence: 'needs',
    publication_blocked: 'blocked',
    ready_for_publish: 'fine',
    published: 'fine',
  },
  fix: {
    retest_failed: 'blocked',
    credit_required: 'needs',
    waiting_for_evidence: 'needs',
    in_progress: 'waits',
    retest_pending: 'waits',
    no_tasks: 'quiet',
    fixed: 'fine',
  },
  handoff: { failed: 'blocked', retry_scheduled: 'waits', not_sent: 'quiet', portable_file: 'fine', exported: 'fine', not_needed: 'quiet' },
  monitoring: {
    inactive: 'needs',
    inconclusive: 'needs',
    new_issues: 'needs',
    recurring_issues: 'needs',
    baseline_required: 'needs',
    off: 'quiet',
    active: 'fine',
  },
} as const satisfies { [F in BadgeFamily]: Record<BadgeValue<F>, Tone> };
