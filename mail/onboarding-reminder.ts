import type { Mail } from '../domain/mail.ts';
import { dayOf } from './day.ts';
import { type Notified, notificationMail } from './notification.ts';

/** Reminds a member that an onboarding waits for a project. */
export function onboardingReminderMail(notified: Notified, waitingSince: Date): Mail {
  const { client } = notified;
  return notificationMail(notified, {
    kind: 'onboarding_reminder',
    subject: `${client} waits for a project`,
    paragraphs: [`the onboarding of ${client} has been waiting for a project since ${dayOf(waitingSince)}. Assign one, and it goes on by itself.`],
  });
}
