import type { Mail } from '../domain/mail.ts';
import { dayOf } from './day.ts';
import { mailOf } from './letter.ts';

/** Reminds the contact of a client that leaves of the links that will end. */
export function offboardingReminderMail({ to, clientName, sender, endsAt }: { to: string; clientName: string; sender: string; endsAt: Date }): Mail {
  const day = dayOf(endsAt);
  return mailOf({
    kind: 'offboarding_reminder',
    to,
    subject: `${clientName}: links end on ${day}`,
    paragraphs: [`Links to the reports that ${sender} shared with ${clientName} open until ${day}. Save or print what you want to keep before.`],
  });
}
