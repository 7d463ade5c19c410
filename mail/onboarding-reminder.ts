import type { Mail } from '../domain/mail.ts';
import { mailOf } from './letter.ts';

/** Reminds an owner that an onboarding waits for a project. */
export function onboardingReminderMail({
  to,
  name,
  client,
  waitingSince,
  url,
}: {
  to: string;
  name: string;
  client: string;
  waitingSince: Date;
  url: string;
}): Mail {
  const since = waitingSince.toISOString().slice(0, 10);
  return mailOf({
    kind: 'onboarding_reminder',
    to,
    subject: `${client} waits for a project`,
    paragraphs: [`Hello ${name},`, `the onboarding of ${client} has been waiting for a project since ${since}. Assign one, and it goes on by itself.`],
    action: { label: 'Open the client', url },
    footnote: 'You get this mail because you own the account.',
  });
}
