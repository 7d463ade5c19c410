import { useInfiniteQuery } from '@tanstack/react-query';
import { defaultWaitingPolicy } from '../../domain/waiting.ts';
import { historyQuery } from '../data/history.ts';
import type { Onboarding } from '../data/onboardings.ts';
import { useAccount } from '../frame/account.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import classes from './wait.module.css';

const t = texts.onboardings.wait;
const recheckMinutes = defaultWaitingPolicy.recheckMs / 60_000;

/** What a wait has come to so far, and what happens if it goes on: reminders, the stall, the look of its own. */
export function Wait({ onboarding }: { onboarding: Onboarding }) {
  const { projectWait } = onboarding;
  const sent = useReminders(onboarding);
  return (
    <ul className={classes.wait}>
      {sent.map(({ id, at }, index) => (
        <li key={id}>
          {t.reminderSent(index + 1)} <Since at={at} />
        </li>
      ))}
      {projectWait?.nextReminderAt && (
        <li>
          {t.nextReminder} <Since at={projectWait.nextReminderAt} />
        </li>
      )}
      {projectWait?.stallsAt && (
        <li>
          {t.stalls} <Since at={projectWait.stallsAt} />
        </li>
      )}
      {onboarding.state === 'stalled' && <li>{t.stalled}</li>}
      <li>{t.looksAgain(recheckMinutes)}</li>
    </ul>
  );
}

/** The reminders of this wait, the first one first. */
function useReminders({ id, clientId, projectWait }: Onboarding) {
  const { id: accountId } = useAccount();
  const count = projectWait?.remindersSent ?? 0;
  const { data } = useInfiniteQuery({ ...historyQuery({ accountId, clientId: clientId ?? undefined, kind: 'onboarding.reminder' }), enabled: count > 0 });
  const ofOnboarding = data?.pages.flatMap(({ items }) => items).filter(({ onboardingId }) => onboardingId === id) ?? [];
  return ofOnboarding.slice(0, count).reverse();
}
