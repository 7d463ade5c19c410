import { queueMail } from '../db/queue-mail.ts';
import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import { clientLeavesMail } from '../mail/client-leaves.ts';
import { offboardingReminderMail } from '../mail/offboarding-reminder.ts';
import { readContact } from './client-contact.ts';
import { lockOffboarding, type OffboardingKey } from './offboarding-record.ts';
import { type TellingDeps, tellPeople } from './tell-people.ts';

export interface RemindOfOffboardingInput extends OffboardingKey {
  /** Which reminder this is, from 1. */
  reminder: number;
}

/** Reminds the client's contact, and the account's people, that the client leaves soon. Idempotent by the reminder's number. */
export async function remindOfOffboarding(deps: TellingDeps, input: RemindOfOffboardingInput): Promise<void> {
  const { agencyId, clientId, offboardingId, reminder } = input;
  await inTenant(deps.db, agencyId, async (tx) => {
    const offboarding = await lockOffboarding(tx, input);
    if (offboarding?.state !== 'scheduled' || offboarding.reminders_sent >= reminder) return;
    const { ends_at: endsAt } = offboarding;
    const contact = await readContact(tx, agencyId, clientId);
    await Promise.all([
      tx.updateTable('offboardings').set({ reminders_sent: reminder }).where('agency_id', '=', agencyId).where('id', '=', offboardingId).execute(),
      contact && queueMail(tx, deps.secrets, offboardingReminderMail({ ...contact, endsAt })),
      tellPeople(tx, deps, { agencyId, clientId, kind: 'offboarding' }, (notified) => clientLeavesMail(notified, endsAt)),
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
