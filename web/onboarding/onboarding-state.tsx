import type { OnboardingState as State } from '../../domain/onboarding.ts';
import { Status } from '../badge/status.tsx';
import type { Onboarding } from '../data/onboardings.ts';
import { texts } from '../texts/texts.ts';
import { onboardingTone } from '../theme/tone.ts';

/** Where an onboarding stands, and on what it waits. */
export function OnboardingState({ state, blockers }: { state: State; blockers: Onboarding['blockers'] }) {
  const [blocker] = blockers;
  return (
    <Status tone={onboardingTone[state]} reason={blocker && `${blocker.message} ${blocker.nextAction.label}`}>
      {texts.onboardings.states[state]}
    </Status>
  );
}
