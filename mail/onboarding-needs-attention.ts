import type { Mail } from '../domain/mail.ts';
import { type Notified, notificationMail } from './notification.ts';

/** Tells a member that an onboarding was to be undone and could not be. What failed is for operations, who have it where they look. */
export function onboardingNeedsAttentionMail(notified: Notified): Mail {
  const { client } = notified;
  return notificationMail(notified, {
    kind: 'onboarding_needs_attention',
    subject: `The onboarding of ${client} needs attention`,
    paragraphs: [
      `the onboarding of ${client} was to be undone, and a part of that failed for good. What is undone stays undone; the rest is as it was until the operator of Foyer has cleared the cause. Ask them to look at it.`,
    ],
  });
}
