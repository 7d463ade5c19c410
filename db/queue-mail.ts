import type { Kysely } from 'kysely';
import type { Mail } from '../domain/mail.ts';
import type { Database } from './schema.ts';
import type { SecretBox } from './secret-box.ts';

/**
 * Puts a mail into the outbox in the transaction of its cause: either both stand or neither. It is encrypted, for it holds addresses and links that
 * open something. The worker delivers it; tell it with `temporal.mailQueued()` once the transaction stands, or leave it to find the mail by itself.
 *
 * @param id given where the same cause may come again and must not send a second mail
 */
export async function queueMail(tx: Kysely<Database>, secrets: SecretBox, mail: Mail, id?: string): Promise<void> {
  const row = tx.insertInto('mails').values({ ...(id !== undefined && { id }), kind: mail.kind, sealed: secrets.seal(JSON.stringify(mail)) });
  await (id === undefined ? row : row.onConflict((conflict) => conflict.column('id').doNothing())).execute();
}
