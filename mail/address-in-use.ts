import type { Mail } from '../domain/mail.ts';
import { mailOf } from './letter.ts';

/** Tells somebody who signs up a second time what the sign-up page may not tell a stranger: that the address is known. */
export function addressInUseMail({ to, name, signInUrl }: { to: string; name: string; signInUrl: string }): Mail {
  return mailOf({
    kind: 'address_in_use',
    to,
    subject: 'You have a Foyer sign-in already',
    paragraphs: [
      `Hello ${name},`,
      'somebody signed up to Foyer with this address, which has a sign-in already. If it was you, sign in; there you can also choose a new password.',
    ],
    action: { label: 'Sign in', url: signInUrl },
    footnote: 'If it was not you, ignore this mail: nothing was changed.',
  });
}
