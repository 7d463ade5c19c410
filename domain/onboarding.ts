import { type NextAction, nextActionOf, type RefusalCode, type RefusalSubject, refusalCodes, refusals } from './refusal.ts';

export const onboardingStates = [
  'running',
  'waiting_for_allowance',
  'waiting_for_project',
  'waiting_for_status',
  'stalled',
  'ready_to_share',
  'refused',
  'cancelled',
  'needs_attention',
] as const;
export type OnboardingState = (typeof onboardingStates)[number];

/** From each state, where an onboarding may go. `needs_attention` is left only by an undo that at last succeeds. */
export const onboardingTransitions = {
  running: ['waiting_for_allowance', 'waiting_for_project', 'waiting_for_status', 'ready_to_share', 'refused', 'cancelled', 'needs_attention'],
  waiting_for_allowance: ['running', 'refused', 'cancelled', 'needs_attention'],
  waiting_for_project: ['running', 'waiting_for_status', 'stalled', 'cancelled', 'needs_attention'],
  waiting_for_status: ['running', 'waiting_for_project', 'ready_to_share', 'cancelled', 'needs_attention'],
  stalled: ['running', 'waiting_for_status', 'cancelled', 'needs_attention'],
  ready_to_share: [],
  refused: [],
  cancelled: [],
  needs_attention: ['refused', 'cancelled'],
} as const satisfies Record<OnboardingState, readonly OnboardingState[]>;

/** The states in which an onboarding may be told that it is in `next`: those that lead there, and `next` itself. */
export function mayBecome(next: OnboardingState): OnboardingState[] {
  return onboardingStates.filter((state) => state === next || (onboardingTransitions[state] as readonly OnboardingState[]).includes(next));
}

/** Has the onboarding come to its end, for good? */
export function isEnded(state: OnboardingState): boolean {
  return onboardingTransitions[state].length === 0;
}

/** The states of an onboarding that has not ended. */
export const openStates = onboardingStates.filter((state) => !isEnded(state));

/** In these an onboarding goes on only when somebody of the agency, or operations, does something. */
export const statesThatNeedPeople = ['waiting_for_allowance', 'waiting_for_project', 'stalled', 'needs_attention'] as const satisfies OnboardingState[];

/** Ended in a way that lets the same client be asked for again. */
export function endedBadly(state: OnboardingState): boolean {
  return state === 'refused' || state === 'cancelled';
}

/** It was refused or cancelled, or its undo has begun: no step goes forward any more. */
export function hasTurnedBack(state: OnboardingState): boolean {
  return endedBadly(state) || state === 'needs_attention';
}

/** In these an onboarding takes the project that its client is given. */
export const statesThatWaitForProject = ['waiting_for_project', 'stalled'] as const satisfies OnboardingState[];

export function waitsForProject(state: OnboardingState): boolean {
  return (statesThatWaitForProject as readonly OnboardingState[]).includes(state);
}

export const stepNames = ['create_account', 'check_allowance', 'assign_project', 'verify_status'] as const;
export type StepName = (typeof stepNames)[number];

export const stepStates = ['pending', 'running', 'waiting', 'done', 'skipped', 'refused', 'undone'] as const;
export type StepState = (typeof stepStates)[number];

/** What asked for the onboarding. */
export const onboardingSources = ['api', 'web', 'crm', 'import'] as const;
export type OnboardingSource = (typeof onboardingSources)[number];

/** With no client slot left: answer with a refusal, or wait until one is free. */
export const onLimitChoices = ['refuse', 'wait'] as const;
export type OnLimit = (typeof onLimitChoices)[number];

/** A wait is not a refusal, so "no project yet" has a code of its own; every other blocker is a refusal that would be given now. */
export const blockerCodes = [...refusalCodes, 'NO_PROJECT_YET', 'UNDO_FAILED'] as const;
export type BlockerCode = (typeof blockerCodes)[number];

/** What stands in the way, as it is recorded: the code, and what the case at hand adds. */
export interface Blocker {
  code: BlockerCode;
  reason: string | null;
}

const waits = {
  NO_PROJECT_YET: {
    detail: 'The client has no project yet.',
    nextAction: { label: 'Assign a project to the client.', path: '/projects' },
  },
  UNDO_FAILED: {
    detail: 'Undoing a step failed; operations must look.',
    nextAction: { label: 'Clear the cause, then send the signal retryUndo to the workflow.' },
  },
} as const satisfies Record<Exclude<BlockerCode, RefusalCode>, { detail: string; nextAction: NextAction }>;

/** The refusal that a blocker is; undefined for a wait, which is none. */
export function refusalCodeOf({ code }: Blocker): RefusalCode | undefined {
  return refusalCodes.find((known) => known === code);
}

const isWait = (code: BlockerCode): code is keyof typeof waits => code in waits;

/** A blocker in words: `message` why it waits, `nextAction` what ends the wait, and where for the records that it is about. */
export function explainBlocker({ code, reason }: Blocker, about?: RefusalSubject): { code: BlockerCode; message: string; nextAction: NextAction } {
  const { detail, nextAction } = isWait(code) ? waits[code] : { detail: refusals[code].detail, nextAction: nextActionOf(code, about) };
  return { code, message: reason ? `${detail} (${reason})` : detail, nextAction };
}
