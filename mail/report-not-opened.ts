import type { Mail } from '../domain/mail.ts';
import { longDate } from '../domain/report-document.ts';
import { mailOf } from './letter.ts';

interface NotOpened {
  to: string;
  name: string;
  client: string;
  /** Since when the links are given. */
  sharedAt: Date;
  url: string;
}

/** Tells an owner that nobody has opened the links of a shared report. */
export function reportNotOpenedMail({ to, name, client, sharedAt, url }: NotOpened): Mail {
  return mailOf({
    kind: 'report_not_opened',
    to,
    subject: `Nobody at ${client} has opened the report yet`,
    paragraphs: [
      `Hello ${name},`,
      `a report was shared with ${client} on ${longDate(sharedAt)}, and nobody has opened it since. Perhaps the link did not reach the right inbox: it can be sent again, or replaced.`,
    ],
    action: { label: 'Open the client', url },
    footnote: 'You get this mail because you own the account.',
  });
}
