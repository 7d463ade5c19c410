import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useFollowedOnboarding } from '../data/follow-onboarding.ts';
import { Steps } from '../onboarding/steps.tsx';
import { BlockerNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './new-onboarding.module.css';

interface NewOnboardingProps {
  agencyId: string;
  onboardingId: string;
  /** It is known whether there will be a client. */
  onDecided: () => void;
  /** There will be: it exists, or waits for a slot. */
  onAccepted: () => void;
  /** Asks again, to wait for a slot this time. */
  onWait: () => void;
}

/** The four steps of an onboarding that was just asked for, as they happen; and the refusal, if it is one. */
export function NewOnboarding({ agencyId, onboardingId, onDecided, onAccepted, onWait }: NewOnboardingProps) {
  const onboarding = useFollowedOnboarding(agencyId, onboardingId);
  const allowance = onboarding?.steps.find(({ name }) => name === 'check_allowance')?.state;
  const refused = onboarding?.state === 'refused';
  const accepted = !refused && (allowance === 'done' || allowance === 'waiting');
  const tell = useEffectEvent(() => {
    if (refused || accepted) onDecided();
    if (accepted) onAccepted();
  });
  useEffect(() => {
    if (refused || accepted) tell();
  }, [refused, accepted]);

  if (!onboarding) return null;
  const [blocker] = onboarding.blockers;
  return (
    <div className={classes.onboarding}>
      <p className={classes.title}>
        {onboarding.clientId && !refused ? (
          <Link to="/clients/$clientId" params={{ clientId: onboarding.clientId }}>
            {onboarding.clientName}
          </Link>
        ) : (
          texts.onboardings.title
        )}
      </p>
      <Steps onboarding={onboarding} />
      {refused && blocker && (
        <BlockerNote blocker={blocker}>
          {blocker.code === 'CLIENT_LIMIT_REACHED' && (
            <Button size="xs" variant="default" onClick={onWait}>
              {texts.createClient.waitForSlot}
            </Button>
          )}
        </BlockerNote>
      )}
    </div>
  );
}
