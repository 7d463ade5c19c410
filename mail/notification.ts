import type { Mail, MailKind } from '../domain/mail.ts';
import { mailOf } from './letter.ts';

/** A member of an account who is told something about a client. */
export interface Notified {
  to: string;
  name: string;
  client: string;
  /** Where the client is looked at. */
  url: string;
}

interface Message {
  kind: MailKind;
  subject: string;
  paragraphs: readonly string[];
}

/** A mail to a member who has chosen to be told. */
export function notificationMail({ to, name, url }: Notified, { kind, subject, paragraphs }: Message): Mail {
  return mailOf({
    kind,
    to,
    subject,
    paragraphs: [`Hello ${name},`, ...paragraphs],
    action: { label: 'Open the client', url },
    footnote: 'You get this mail as a member of the account. Which ones you get is your choice.',
  });
}
