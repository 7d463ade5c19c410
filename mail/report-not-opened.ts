import type { Mail } from '../domain/mail.ts';
import { dayOf } from './day.ts';
import { type Notified, notificationMail } from './notification.ts';

/** Tells a member that nobody has opened the links of a shared report since they were given. */
export function reportNotOpenedMail(notified: Notified, sharedAt: Date): Mail {
  const { client } = notified;
  return notificationMail(notified, {
    kind: 'report_not_opened',
    subject: `Nobody at ${client} has opened the report yet`,
    paragraphs: [
      `a report was shared with ${client} on ${dayOf(sharedAt)}, and nobody has opened it since. Perhaps the link did not reach the right inbox: it can be sent again, or replaced.`,
    ],
  });
}
