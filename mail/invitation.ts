import type { Mail } from '../domain/mail.ts';
import { invitationDays } from '../domain/membership.ts';
import type { Role } from '../domain/permission.ts';
import { mailOf } from './letter.ts';

interface Invitation {
  to: string;
  accountName: string;
  role: Role;
  /** The name of whoever invites. */
  invitedBy: string;
  url: string;
}

const asRole = { owner: 'as an owner', admin: 'as an admin', viewer: 'as a viewer' } as const satisfies Record<Role, string>;

/** Leads somebody who is invited to an account to where they accept; whoever has no sign-in yet makes one there first. */
export function invitationMail({ to, accountName, role, invitedBy, url }: Invitation): Mail {
  return mailOf({
    kind: 'invitation',
    to,
    subject: `You are invited to ${accountName}`,
    paragraphs: [
      `${invitedBy} invites you to ${accountName} on Foyer, ${asRole[role]}.`,
      `The link is valid for ${invitationDays} days, for this e-mail address alone. If you have no sign-in yet, make one with this address first.`,
    ],
    action: { label: 'Accept the invitation', url },
    footnote: 'If you do not know what this is about, ignore this mail: nothing happens without the link.',
  });
}
