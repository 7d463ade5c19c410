import { queueMail } from '../db/queue-mail.ts';
import { readOwners } from '../db/read/owners.ts';
import { recordEvent } from '../db/record-event.ts';
import { inTenant, reading } from '../db/tenant.ts';
import { offboardingReminderMail } from '../mail/offboarding-reminder.ts';
import { readContact } from './client-contact.ts';
import type { ActivityDeps } from './index.ts';
import { lockOffboarding, type OffboardingKey } from './offboarding-record.ts';

export interface RemindOfOffboardingInput extends OffboardingKey {
  /** Which reminder this is, from 1. */
  reminder: number;
}

/** Reminds the client's contact, and the account's owners, that the client leaves soon. Idempotent by the reminder's number. */
export async function remindOfOffboarding({ db, secrets }: ActivityDeps, input: RemindOfOffboardingInput): Promise<void> {
  const { agencyId, clientId, offboardingId, reminder } = input;
  await inTenant(db, agencyId, async (tx) => {
    const offboarding = await lockOffboarding(tx, input);
    if (offboarding?.state !== 'scheduled' || offboarding.reminders_sent >= reminder) return;
    const { ends_at: endsAt } = offboarding;
    const [contact, owners, client] = await Promise.all([
      readContact(tx, agencyId, clientId),
      readOwners(reading(tx), agencyId),
      tx.selectFrom('clients').select('name').where('agency_id', '=', agencyId).where('id', '=', clientId).executeTakeFirstOrThrow(),
    ]);
    const mails = [
      ...(contact ? [offboardingReminderMail({ to: contact.to, reader: 'contact', clientName: client.name, sender: contact.sender, endsAt })] : []),
      ...owners.map(({ email }) => offboardingReminderMail({ to: email, reader: 'owner', clientName: client.name, sender: 'Foyer', endsAt })),
    ];
    await Promise.all([
      tx.updateTable('offboardings').set({ reminders_sent: reminder }).where('agency_id', '=', agencyId).where('id', '=', offboardingId).execute(),
      ...mails.map((mail) => queueMail(tx, secrets, mail)),
      recordEvent(tx, {
        agencyId,
        clientId,
        actor: { kind: 'system', label: 'offboarding' },
        kind: 'client.offboarding_reminder',
        after: { offboardingId, reminder, endsAt: endsAt.toISOString() },
      }),
    ]);
  });
}
