import { useQueryClient } from '@tanstack/react-query';
import { isEnded } from '../../domain/onboarding.ts';
import { useFollowedOnboarding } from '../data/follow-onboarding.ts';
import { cancelOnboarding } from '../data/onboardings.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { Panel } from '../frame/panel.tsx';
import { InTemporal } from '../onboarding/in-temporal.tsx';
import { OnboardingState } from '../onboarding/onboarding-state.tsx';
import { ShareWhenReady } from '../onboarding/share-when-ready.tsx';
import { Steps } from '../onboarding/steps.tsx';
import { Wait } from '../onboarding/wait.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import classes from './client-onboarding.module.css';

const t = texts.client;

interface ClientOnboardingProps {
  onboardingId: string | undefined;
  clientName: string;
}

/** The newest onboarding of the client, step by step, as it happens. */
export function ClientOnboarding({ onboardingId, clientName }: ClientOnboardingProps) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const onboarding = useFollowedOnboarding(agencyId, onboardingId);
  const whyNot = useWhyNot()('clients.write');
  const cancel = async (id: string) => {
    await cancelOnboarding(agencyId, id);
    await refreshAgency(queries, agencyId);
  };
  const tools = onboarding && !isEnded(onboarding.state) && (
    <ConfirmedAction action={t.cancelOnboarding} whyNot={whyNot} explained={t.cancelExplained} name={clientName} act={() => cancel(onboarding.id)} />
  );
  return (
    <Panel title={t.onboarding} tools={tools}>
      {!onboardingId && <p className={classes.quiet}>{t.noOnboarding}</p>}
      {onboarding && (
        <div className={classes.onboarding} aria-live="polite">
          <p className={classes.state}>
            <OnboardingState state={onboarding.state} blockers={[]} />
            <span className={classes.quiet}>
              <Since at={onboarding.stateSince} />
            </span>
          </p>
          <Steps onboarding={onboarding} wait={<Wait onboarding={onboarding} />} />
          <ShareWhenReady onboarding={onboarding} />
          <InTemporal workflowId={onboarding.workflowId} className={classes.operate} />
        </div>
      )}
    </Panel>
  );
}
