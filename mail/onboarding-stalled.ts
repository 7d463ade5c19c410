import type { Mail } from '../domain/mail.ts';
import { dayOf } from './day.ts';
import { type Notified, notificationMail } from './notification.ts';

/** Tells a member that an onboarding has waited too long for a project. */
export function onboardingStalledMail(notified: Notified, waitingSince: Date): Mail {
  const { client } = notified;
  return notificationMail(notified, {
    kind: 'onboarding_stalled',
    subject: `The onboarding of ${client} has stalled`,
    paragraphs: [
      `the onboarding of ${client} has been waiting for a project since ${dayOf(waitingSince)} and is marked as stalled: nobody is reminded of it any more. It still takes a project, and then goes on by itself. If nothing will come of it, cancel it.`,
    ],
  });
}
