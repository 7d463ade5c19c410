import { queueMail } from '../db/queue-mail.ts';
import { recordEvent } from '../db/record-event.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { onboardingReminderMail } from '../mail/onboarding-reminder.ts';
import { findOwners } from './find-owners.ts';
import type { ActivityDeps } from './index.ts';
import { lockOnboarding, type OnboardingKey } from './onboarding-record.ts';

export interface RemindOwnersInput extends OnboardingKey {
  clientId: ClientId;
  /** Which reminder this is, from 1. */
  reminder: number;
}

type Parts = Pick<ActivityDeps, 'db' | 'secrets' | 'publicUrl'>;

/** Reminds the account's owners, by mail and in its history, that an onboarding waits for a project. Idempotent by the reminder's number. */
export async function remindOwners({ db, secrets, publicUrl }: Parts, input: RemindOwnersInput): Promise<void> {
  const { agencyId, onboardingId, clientId, reminder } = input;
  await inTenant(db, agencyId, async (tx) => {
    const onboarding = await lockOnboarding(tx, input);
    if (onboarding?.state !== 'waiting_for_project' || onboarding.reminders_sent >= reminder) return;
    const [owners, client] = await Promise.all([findOwners(tx, agencyId), findClientName(tx, agencyId, clientId)]);
    const url = `${publicUrl}/clients/${clientId}`;
    const mails = owners.map(({ email, name }) => onboardingReminderMail({ to: email, name, client, waitingSince: onboarding.state_since, url }));
    await Promise.all([
      ...mails.map((mail) => queueMail(tx, secrets, mail)),
      tx.updateTable('onboardings').set({ reminders_sent: reminder }).where('agency_id', '=', agencyId).where('id', '=', onboardingId).execute(),
      recordEvent(tx, {
        agencyId,
        onboardingId,
        clientId,
        actor: { kind: 'system', label: 'onboarding' },
        kind: 'onboarding.reminder',
        after: { reminder, waitingFor: 'project', since: onboarding.state_since.toISOString() },
      }),
    ]);
  });
}

async function findClientName(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<string> {
  const client = await tx.selectFrom('clients').select('name').where('agency_id', '=', agencyId).where('id', '=', clientId).executeTakeFirst();
  return client?.name ?? 'A client';
}
