import type { Mail } from '../domain/mail.ts';
import { dayOf } from './day.ts';
import { mailOf } from './letter.ts';

/** Tells a client's contact that the agency's work for the client ends on a day to come, and what that means for its links. */
export function offboardingNoticeMail(notice: { to: string; clientName: string; sender: string; endsAt: Date; message: string | null }): Mail {
  const { to, clientName, sender, endsAt, message } = notice;
  const day = dayOf(endsAt);
  return mailOf({
    kind: 'offboarding_notice',
    to,
    subject: `${sender}: ${clientName} is served until ${day}`,
    paragraphs: [
      `${sender} serves ${clientName} until ${day}.`,
      `Links to shared reports open until then, and no longer. Save or print what you want to keep before ${day}.`,
      ...(message ? [message] : []),
    ],
    footnote: `This mail was sent for ${sender}. Questions about it are answered there.`,
  });
}
