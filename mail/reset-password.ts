import type { Mail } from '../domain/mail.ts';
import { mailOf } from './letter.ts';

/** Leads whoever forgot their password to where they choose a new one. */
export function resetPasswordMail({ to, name, url }: { to: string; name: string; url: string }): Mail {
  return mailOf({
    kind: 'reset_password',
    to,
    subject: 'Choose a new password',
    paragraphs: [
      `Hello ${name},`,
      'somebody asked for a new password for this address. The link is valid for one hour, and for one use. A new password ends all sessions.',
    ],
    action: { label: 'Choose a new password', url },
    footnote: 'If it was not you, ignore this mail: your password stays as it is.',
  });
}
