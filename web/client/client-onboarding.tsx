import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isEnded } from '../../domain/onboarding.ts';
import { useFollowedOnboarding } from '../data/follow-onboarding.ts';
import { cancelOnboarding } from '../data/onboardings.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { Panel } from '../frame/panel.tsx';
import { OnboardingState } from '../onboarding/onboarding-state.tsx';
import { ShareWhenReady } from '../onboarding/share-when-ready.tsx';
import { Steps } from '../onboarding/steps.tsx';
import { Wait } from '../onboarding/wait.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
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
  const { id: agencyId, workflowsUrl } = useAccount();
  const queries = useQueryClient();
  const onboarding = useFollowedOnboarding(agencyId, onboardingId);
  const whyNot = useWhyNot()('clients.write');
  const [asking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: (id: string) => cancelOnboarding(agencyId, id),
    onSettled: () => setAsking(false),
    onSuccess: () => refreshAgency(queries, agencyId),
  });
  const cancellable = onboarding !== undefined && !isEnded(onboarding.state);
  const tools = cancellable && (
    <ActionButton size="xs" variant="default" whyNot={whyNot} onClick={() => setAsking(true)}>
      {t.cancelOnboarding}
    </ActionButton>
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
          {workflowsUrl && (
            <a className={classes.operate} href={`${workflowsUrl}/${encodeURIComponent(onboarding.workflowId)}`} target="_blank" rel="noreferrer">
              {t.operations}
            </a>
          )}
        </div>
      )}
      {cancel.error && <RefusalNote error={cancel.error} />}
      {asking && onboarding && (
        <ConfirmByName
          action={t.cancelOnboarding}
          explained={t.cancelExplained}
          name={clientName}
          onConfirm={() => cancel.mutate(onboarding.id)}
          onClose={() => setAsking(false)}
        />
      )}
    </Panel>
  );
}
