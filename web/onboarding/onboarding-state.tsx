import { isEnded, type OnboardingState as State } from '../../domain/onboarding.ts';
import { Status } from '../badge/status.tsx';
import type { Onboarding } from '../data/onboardings.ts';
import { texts } from '../texts/texts.ts';
import { onboardingTone } from '../theme/tone.ts';
import { exactly } from '../time/exactly.ts';
import { Waited } from '../time/since.tsx';
import classes from './onboarding-state.module.css';

interface OnboardingStateProps {
  state: State;
  blockers: Onboarding['blockers'];
  /** Given where it is to be said how long a wait is. */
  stateSince?: string;
}

/** Where an onboarding stands, on what it waits, and since when. */
export function OnboardingState({ state, blockers, stateSince }: OnboardingStateProps) {
  const [blocker] = blockers;
  const waits = stateSince !== undefined && state !== 'running' && !isEnded(state);
  return (
    <span className={classes.standing}>
      <Status
        tone={onboardingTone[state]}
        reason={[blocker && `${blocker.message} ${blocker.nextAction.label}`, waits && texts.onboardings.sinceThen(exactly(stateSince))]
          .filter(Boolean)
          .join(' ')}
      >
        {texts.onboardings.states[state]}
      </Status>
      {waits && (
        <span className={classes.since}>
          , <Waited since={stateSince} />
        </span>
      )}
    </span>
  );
}
