import type { Mail, MailKind } from '../../domain/mail.ts';
import type { TestApi } from './api.ts';

/** The mails to this address that wait in the outbox, oldest first, opened with the key that API and worker share. */
export async function mailsTo({ database, secrets }: Pick<TestApi, 'database' | 'secrets'>, address: string): Promise<Mail[]> {
  const rows = await database.admin.selectFrom('mails').select('sealed').orderBy('id').execute();
  // What was sealed here was a mail.
  return rows.flatMap(({ sealed }) => (sealed ? [JSON.parse(secrets.open(sealed)) as Mail] : [])).filter(({ to }) => to === address);
}

/** The token in the link of the newest mail of this kind to this address; throws when there is none. */
export async function mailedToken(api: Pick<TestApi, 'database' | 'secrets'>, address: string, kind: MailKind): Promise<string> {
  const mails = await mailsTo(api, address);
  const text = mails.findLast((mail) => mail.kind === kind)?.text ?? '';
  const [url] = /https?:\/\/\S+/.exec(text) ?? [];
  const token = url && new URL(url).searchParams.get('token');
  if (!token) throw new Error(`no mail of kind ${kind} with a link went to ${address}`);
  return token;
}
