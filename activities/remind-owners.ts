import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
import { onboardingReminderMail } from '../mail/onboarding-reminder.ts';
import { lockOnboarding, type OnboardingKey, recordOnboarding } from './onboarding-record.ts';
import { type TellingDeps, tellPeople } from './tell-people.ts';

export interface RemindOwnersInput extends OnboardingKey {
  clientId: ClientId;
  /** Which reminder this is, from 1. */
  reminder: number;
}

/** Reminds the account's people, by mail and in its history, that an onboarding waits for a project. Idempotent by the reminder's number. */
export async function remindOwners(deps: TellingDeps, input: RemindOwnersInput): Promise<void> {
  const { agencyId, onboardingId, clientId, reminder } = input;
  await inTenant(deps.db, agencyId, async (tx) => {
    const onboarding = await lockOnboarding(tx, input);
    if (onboarding?.state !== 'waiting_for_project' || onboarding.reminders_sent >= reminder) return;
    const since = onboarding.state_since;
    await Promise.all([
      tellPeople(tx, deps, { agencyId, clientId, kind: 'onboarding.reminder' }, (notified) => onboardingReminderMail(notified, since)),
      recordOnboarding(tx, input, onboarding, { state: onboarding.state, blockers: onboarding.blockers, remindersSent: reminder }),
      recordEvent(tx, {
        agencyId,
        onboardingId,
        clientId,
        actor: { kind: 'system', label: 'onboarding' },
        kind: 'onboarding.reminder',
        after: { reminder, waitingFor: 'project', since: since.toISOString() },
      }),
    ]);
  });
}
