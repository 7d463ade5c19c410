import type { Mail, MailKind } from '../domain/mail.ts';
import { mailOf } from './letter.ts';

/** A member of an account who is told something. */
export interface Addressee {
  to: string;
  name: string;
  /** Where what they are told of is looked at. */
  url: string;
}

/** A member who is told something about a client. */
export interface Notified extends Addressee {
  client: string;
}

interface Message {
  kind: MailKind;
  subject: string;
  paragraphs: readonly string[];
  /** What the link is called. */
  open?: string;
}

/** A mail to a member who has chosen to be told. */
export function notificationMail({ to, name, url }: Addressee, { kind, subject, paragraphs, open = 'Open the client' }: Message): Mail {
  return mailOf({
    kind,
    to,
    subject,
    paragraphs: [`Hello ${name},`, ...paragraphs],
    action: { label: open, url },
    footnote: 'You get this mail as a member of the account. Which ones you get is your choice.',
  });
}
