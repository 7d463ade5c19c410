import type { Mail } from '../domain/mail.ts';
import { mailOf } from './letter.ts';

/** Asks whoever signed up to show that the address is theirs. */
export function verifyEmailMail({ to, name, url }: { to: string; name: string; url: string }): Mail {
  return mailOf({
    kind: 'verify_email',
    to,
    subject: 'Confirm your e-mail address',
    paragraphs: [`Hello ${name},`, 'please confirm that this is your e-mail address. The link is valid for one hour.'],
    action: { label: 'Confirm the address', url },
    footnote: 'If you did not sign up to Foyer, ignore this mail: nothing happens without the link.',
  });
}
