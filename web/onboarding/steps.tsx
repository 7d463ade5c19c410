import type { ReactNode } from 'react';
import type { StepState } from '../../domain/onboarding.ts';
import { Mark } from '../badge/mark.tsx';
import type { Onboarding } from '../data/onboardings.ts';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/tone.ts';
import { Since } from '../time/since.tsx';
import classes from './steps.module.css';

const stepTone = {
  pending: 'quiet',
  running: 'waits',
  waiting: 'needs',
  done: 'fine',
  skipped: 'quiet',
  refused: 'blocked',
  undone: 'quiet',
} as const satisfies Record<StepState, Tone>;

/**
 * The four steps of an onboarding in their order: what is done, what runs, and what a wait is for.
 *
 * @param wait what more there is to say of the step that waits
 */
export function Steps({ onboarding: { steps, blockers }, wait }: { onboarding: Onboarding; wait?: ReactNode }) {
  return (
    <ol className={classes.steps}>
      {steps.map(({ name, state, attempts, startedAt, finishedAt }) => (
        <li key={name} className={classes.step} data-state={state}>
          <Mark tone={stepTone[state]} />
          <div>
            <span className={classes.name}>{texts.onboardings.steps[name]}</span>{' '}
            <span className={classes.state}>
              {texts.onboardings.stepStates[state]}
              {attempts > 1 && `, ${texts.onboardings.attempt(attempts)}`}
            </span>
            {state === 'waiting' &&
              blockers.map((blocker) => (
                <p key={blocker.code} className={classes.blocker}>
                  {blocker.message} {blocker.nextAction.label}
                </p>
              ))}
            {state === 'waiting' && wait}
          </div>
          {finishedAt ? <Since at={finishedAt} /> : startedAt && <Since at={startedAt} />}
        </li>
      ))}
    </ol>
  );
}
