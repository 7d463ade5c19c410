import type { Mail, MailKind } from '../../domain/mail.ts';
import type { TestApi } from './api.ts';
import { deliveredMails } from './delivered-mail.ts';

type Post = Pick<TestApi, 'database' | 'secrets'>;

/** The mails to this address, oldest first: those that wait in the outbox, opened with the key that API and worker share, and those delivered. */
export async function mailsTo({ database, secrets }: Post, address: string): Promise<Mail[]> {
  const rows = await database.admin.selectFrom('mails').select(['id', 'sealed']).orderBy('id').execute();
  // What was sealed here was a mail.
  const mails = rows.map(({ id, sealed }) => (sealed ? (JSON.parse(secrets.open(sealed)) as Mail) : deliveredMails().get(id)));
  return mails.flatMap((mail) => (mail?.to === address ? [mail] : []));
}

/** The token in the link of the newest mail of this kind to this address; throws when there is none. */
export async function mailedToken(post: Post, address: string, kind: MailKind): Promise<string> {
  const mails = await mailsTo(post, address);
  const text = mails.findLast((mail) => mail.kind === kind)?.text ?? '';
  const [url] = /https?:\/\/\S+/.exec(text) ?? [];
  const token = url && new URL(url).searchParams.get('token');
  if (!token) throw new Error(`no mail of kind ${kind} with a link went to ${address}`);
  return token;
}
