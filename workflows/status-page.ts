import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { EndedOnboarding } from '../activities/onboarding-record.ts';
import { type Blocker, endedBadly, explainBlocker, type OnboardingState, type StepName, type StepState, stepNames } from '../domain/onboarding.ts';
import { searchAttributes } from './contract.ts';

const stepTitles: Record<StepName, string> = {
  create_account: 'Create account',
  check_allowance: 'Check allowance',
  assign_project: 'Assign project',
  verify_status: 'Verify status before sharing',
};

const headlines: Record<OnboardingState, string> = {
  running: 'Running',
  waiting_for_allowance: 'Waiting for a client slot',
  waiting_for_project: 'Waiting for a project',
  waiting_for_status: 'Waiting for status',
  stalled: 'Stalled: no project for too long',
  ready_to_share: 'Ready to share',
  refused: 'Refused',
  cancelled: 'Cancelled',
  needs_attention: 'Needs attention: an undo failed',
};

/** The onboarding as operations see it in the Temporal UI: current details that read like a status page, and search attributes to filter by. */
export interface StatusPage {
  readonly state: OnboardingState;
  readonly blockers: Blocker[];
  step(name: StepName, state: StepState): void;
  /** The step's undo is through. */
  undone(name: StepName): void;
  /** How an earlier run left the onboarding: its steps, and since when it is in its state. */
  recall(state: OnboardingState, left: RecordedStanding): void;
  /** @param sinceMs since when, in ms since the epoch, where the record knows it: it is older than this run. */
  enter(state: OnboardingState, blockers?: Blocker[], sinceMs?: number): void;
}

type RecordedStanding = NonNullable<EndedOnboarding['standing']>;

/**
 * A page for one onboarding. `enter` costs one history event, and only where state or blockers changed; everything else costs none.
 * @param about what static summary and details say, where this run has none: they are not handed on as a workflow continues as new
 */
export function openStatusPage(about: string | null): StatusPage {
  const steps: Record<StepName, StepState> = { create_account: 'pending', check_allowance: 'pending', assign_project: 'pending', verify_status: 'pending' };
  let state: OnboardingState = 'running';
  let blockers: Blocker[] = [];
  let since = new Date();
  let recalled: { state: OnboardingState; sinceMs: number } | undefined;

  const show = () => setCurrentDetails(details({ state, blockers, since, steps, about }));
  return {
    get state() {
      return state;
    },
    get blockers() {
      return blockers;
    },
    step(name, stepState) {
      steps[name] = stepState;
      show();
    },
    undone(name) {
      if (steps[name] === 'done') steps[name] = 'undone';
      show();
    },
    recall(leftState, { sinceMs, steps: left }) {
      recalled = { state: leftState, sinceMs };
      Object.assign(steps, left);
      show();
    },
    enter(nextState, nextBlockers = [], sinceMs = recalled?.state === nextState ? recalled.sinceMs : undefined) {
      const codes = (list: Blocker[]) => list.map(({ code }) => code);
      const changed = nextState !== state || codes(nextBlockers).join() !== codes(blockers).join();
      if (sinceMs !== undefined) since = new Date(sinceMs);
      else if (nextState !== state) since = new Date();
      state = nextState;
      blockers = nextBlockers;
      if (endedBadly(state)) skipTheRest(steps);
      show();
      if (!changed) return;
      upsertSearchAttributes([
        { key: searchAttributes.state, value: state },
        { key: searchAttributes.blockers, value: codes(blockers) },
      ]);
    },
  };
}

/** As the record does: what an onboarding never came to, or waited for, is skipped when it ends. */
function skipTheRest(steps: Record<StepName, StepState>): void {
  for (const name of stepNames) if (steps[name] === 'pending' || steps[name] === 'running' || steps[name] === 'waiting') steps[name] = 'skipped';
}

interface Standing {
  state: OnboardingState;
  blockers: Blocker[];
  since: Date;
  steps: Record<StepName, StepState>;
  about: string | null;
}

/** Markdown, as the Temporal UI renders it. */
function details({ state, blockers, since, steps, about }: Standing): string {
  const explained = blockers.map((blocker) => explainBlocker(blocker));
  return [
    `**${headlines[state]}** since ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    about,
    stepNames.map((name, index) => `${index + 1}. ${stepTitles[name]}: ${steps[name]}`).join('\n'),
    explained.length > 0 && `**Why**\n\n${explained.map(({ code, message }) => `- \`${code}\` ${message}`).join('\n')}`,
    explained.length > 0 && `**What to do**\n\n${explained.map(({ nextAction }) => `- ${nextAction.label}`).join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
