import type { Mail } from '../domain/mail.ts';
import { dayOf } from './day.ts';
import { mailOf } from './letter.ts';

/** Takes back the notice that a client leaves. */
export function offboardingCancelledMail({ to, clientName, sender, endsAt }: { to: string; clientName: string; sender: string; endsAt: Date }): Mail {
  return mailOf({
    kind: 'offboarding_cancelled',
    to,
    subject: `${sender}: ${clientName} stays`,
    paragraphs: [`${sender} goes on serving ${clientName} after ${dayOf(endsAt)}. Links to shared reports stay as they are.`],
    footnote: `This mail was sent for ${sender}. Questions about it are answered there.`,
  });
}
