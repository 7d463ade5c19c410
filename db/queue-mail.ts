import type { Kysely } from 'kysely';
import type { AccountId, PersonId } from '../domain/ids.ts';
import type { Mail } from '../domain/mail.ts';
import type { Database } from './schema.ts';
import type { SecretBox } from './secret-box.ts';

/** The member of an account whom a mail is for as long as they are one. */
export interface MailedMember {
  accountId: AccountId;
  personId: PersonId;
}

/** What is sealed of a mail that waits. */
export type QueuedMail = Mail & { member?: MailedMember };

/**
 * Puts a mail into the outbox in the transaction of its cause: either both stand or neither. It is encrypted, for it holds addresses and links that
 * open something. The worker delivers it; tell it with `temporal.mailQueued()` once the transaction stands, or leave it to find the mail by itself.
 *
 * @param member given where it tells of what is an account's own: a mail can wait for days, and whoever has left by then is not sent it
 */
export async function queueMail(tx: Kysely<Database>, secrets: SecretBox, mail: Mail, member?: MailedMember): Promise<void> {
  const queued: QueuedMail = { ...mail, ...(member && { member }) };
  await tx
    .insertInto('mails')
    .values({ kind: mail.kind, sealed: secrets.seal(JSON.stringify(queued)) })
    .execute();
}
