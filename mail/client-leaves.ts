import type { Mail } from '../domain/mail.ts';
import { dayOf } from './day.ts';
import { type Notified, notificationMail } from './notification.ts';

/** Reminds a member of a client that leaves soon. */
export function clientLeavesMail(notified: Notified, endsAt: Date): Mail {
  const { client } = notified;
  const day = dayOf(endsAt);
  return notificationMail(notified, {
    kind: 'client_leaves',
    subject: `${client} leaves on ${day}`,
    paragraphs: [
      `${client} is offboarded on ${day}.`,
      'Then its links end, its projects are unassigned and its slot is free. Until then the offboarding can be cancelled, and its export pack downloaded, on the page of the client.',
    ],
  });
}
