import type { Mail } from '../domain/mail.ts';
import { dayOf } from './day.ts';
import { mailOf } from './letter.ts';

/** Reminds of a client that leaves: its contact of the links, an owner of the account of the whole. */
export function offboardingReminderMail(reminder: { to: string; reader: 'contact' | 'owner'; clientName: string; sender: string; endsAt: Date }): Mail {
  const { to, reader, clientName, sender, endsAt } = reminder;
  const day = dayOf(endsAt);
  const paragraphs = {
    contact: [`Links to the reports that ${sender} shared with ${clientName} open until ${day}. Save or print what you want to keep before.`],
    owner: [
      `${clientName} is offboarded on ${day}.`,
      'Then its links end, its projects are unassigned and its slot is free. Until then the offboarding can be cancelled, and its export pack downloaded, on the page of the client.',
    ],
  };
  return mailOf({ kind: 'offboarding_reminder', to, subject: `${clientName}: links end on ${day}`, paragraphs: paragraphs[reader] });
}
