import type { Mail } from '../../domain/mail.ts';
import type { MailTransport } from '../../mail/transport.ts';

/** What the workers of this process have delivered, by the id of the mail. */
const delivered = new Map<string, Mail>();

/** Hands mail to whoever asks for it here. */
export const transportToTests: MailTransport = {
  async send(id, mail) {
    delivered.set(id, mail);
  },
};

export function deliveredMails(): ReadonlyMap<string, Mail> {
  return delivered;
}
