import type { Mail } from '../domain/mail.ts';
import { invitationDays } from '../domain/membership.ts';
import { mailOf } from './letter.ts';

/** Asks a member whether they take the ownership of an account that its owner offers them. */
export function ownershipOfferMail({
  to,
  name,
  accountName,
  offeredBy,
  url,
}: {
  to: string;
  name: string;
  accountName: string;
  offeredBy: string;
  url: string;
}): Mail {
  return mailOf({
    kind: 'ownership_offer',
    to,
    subject: `You are offered the ownership of ${accountName}`,
    paragraphs: [`Hello ${name},`, `${offeredBy} offers you the ownership of ${accountName} on Foyer. The offer stands for ${invitationDays} days.`],
    action: { label: 'Look at the offer', url },
    footnote: 'If you do not want it, ignore this mail: nothing changes until you accept.',
  });
}
