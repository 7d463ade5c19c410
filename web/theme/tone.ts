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
