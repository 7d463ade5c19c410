import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mail } from '../domain/mail.ts';

/** Where mail goes from here. */
export interface MailTransport {
  /**
   * Hands the mail on. Under the same id it is the same message: whoever gets it twice can tell. Rejects with `UndeliverableMail` when it can never be
   * delivered, with anything else when it may be tried again.
   */
  send(id: string, mail: Mail): Promise<void>;
}

/** The mail server has refused this address or this message for good. */
export class UndeliverableMail extends Error {}

export interface SmtpSettings {
  /** `smtp://user:password@host:port`, or `smtps:`. */
  url: string;
  /** As the From header has it: `Foyer <no-reply@foyer.example>`. */
  from: string;
}

/** Mail by SMTP. Every wait on the server is short: a mail that is not through now is tried again later. */
export function smtpTransport({ url, from }: SmtpSettings): MailTransport {
  const server = createTransport({
    url,
    connectionTimeout: 4_000,
    greetingTimeout: 4_000,
    socketTimeout: 8_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'foyer';
  return {
    async send(id, { to, subject, text, html }) {
      try {
        await server.sendMail({ from, to: { name: '', address: to }, subject, text, html, messageId: `<${id}@${domain}>`, date: new Date() });
      } catch (error) {
        if (isRefusedForGood(error)) throw new UndeliverableMail('the mail server refuses it');
        throw error;
      }
    },
  };
}

/** Whether it may be us who send is asked before it is said to whom: that no says nothing of this mail, and would lose every other one as well. */
function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error) || !('code' in error)) return false;
  if ('command' in error && error.command === 'MAIL FROM') return false;
  const ofThisMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  return ofThisMail && Number(error.responseCode) >= 500;
}

/** Mail that stays on this machine, one file a message, for whoever tries Foyer out: it is shown at `/dev/mail`. */
export function directoryTransport(directory: string): MailTransport {
  return {
    async send(id, mail) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const file = join(directory, `${id}.json`);
      // Whoever reads meanwhile sees no half of it.
      await writeFile(`${file}.part`, JSON.stringify({ id, sentAt: new Date().toISOString(), ...mail }), { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
  };
}
