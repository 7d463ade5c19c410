import { log } from '@temporalio/activity';
import { sql } from 'kysely';
import type { MailedMember, QueuedMail } from '../db/queue-mail.ts';
import { readMember } from '../db/read/member.ts';
import { readInTenant } from '../db/tenant.ts';
import { UndeliverableMail } from '../mail/transport.ts';
import type { ActivityDeps } from './index.ts';

export interface DeliverMailsResult {
  delivered: number;
  /** Until the next mail is due; 0 when one is now, null when none waits. */
  nextDueInMs: number | null;
}

/** One run takes as many mails as fit into this time. */
const runMs = 5_000;
/** Tried again after 30 seconds, then after twice as long each time, up to an hour; given up after three days. */
const backoff = sql<Date>`now() + least(interval '1 hour', interval '30 seconds' * power(2, least(attempts, 10)))`;
const giveUpAfter = sql`interval '3 days'`;

type Parts = Pick<ActivityDeps, 'db' | 'secrets' | 'mail'>;

interface TakenMail {
  id: string;
  kind: string;
  sealed: Buffer;
  overdue: boolean;
}

/**
 * Delivers the mails that are due, each at least once. Taking one puts off when it is due again, so that a process that dies with it in hand leaves it
 * to be taken later, and two workers take different ones. What was said is gone from the database once it is delivered.
 */
export async function deliverMails({ db, secrets, mail: transport }: Parts): Promise<DeliverMailsResult> {
  const until = Date.now() + runMs;
  let delivered = 0;
  while (Date.now() < until) {
    const taken = await takeDueMail(db);
    if (!taken) break;
    if (await deliver({ db, secrets, mail: transport }, taken)) delivered += 1;
  }
  return { delivered, nextDueInMs: await nextDue(db) };
}

async function takeDueMail(db: Parts['db']): Promise<TakenMail | undefined> {
  const { rows } = await sql<TakenMail>`
    update foyer.mails set attempts = attempts + 1, due_at = ${backoff}
    where id = (select id from foyer.mails where sealed is not null and due_at <= now() order by due_at limit 1 for update skip locked)
    returning id, kind, sealed, created_at < now() - ${giveUpAfter} as overdue
  `.execute(db);
  return rows[0];
}

async function deliver({ db, secrets, mail: transport }: Parts, { id, kind, sealed, overdue }: TakenMail): Promise<boolean> {
  try {
    // What is sealed here was sealed by `queueMail`.
    const { member, ...mail } = JSON.parse(secrets.open(sealed)) as QueuedMail;
    if (member && !(await belongs(db, member))) {
      log.info('a mail is given up: whom it is for has left the account', { mailId: id, kind });
      await giveUp(db, id);
      return false;
    }
    await transport.send(id, mail);
    await db.updateTable('mails').set({ sealed: null, sent_at: new Date() }).where('id', '=', id).execute();
    return true;
  } catch (error) {
    const givenUp = overdue || error instanceof UndeliverableMail;
    // Told by its id alone: addresses and links are nobody's business here.
    log.warn(givenUp ? 'a mail is given up' : 'a mail is not through; it is tried again', { mailId: id, kind, reason: reasonOf(error) });
    if (givenUp) await giveUp(db, id);
    return false;
  }
}

async function giveUp(db: Parts['db'], id: string): Promise<void> {
  await db.updateTable('mails').set({ sealed: null, given_up_at: new Date() }).where('id', '=', id).execute();
}

async function belongs(db: Parts['db'], { accountId, personId }: MailedMember): Promise<boolean> {
  return (await readInTenant(db, { agencyId: accountId }, (reader) => readMember(reader, accountId, personId))) !== undefined;
}

/** The kind of the failure; its message may repeat an address. */
function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : error instanceof Error ? error.name : 'unknown';
}

async function nextDue(db: Parts['db']): Promise<number | null> {
  const { rows } = await sql<{ in_ms: number | null }>`
    select ceil(extract(epoch from min(due_at) - now()) * 1000)::float8 as in_ms from foyer.mails where sealed is not null
  `.execute(db);
  const inMs = rows[0]?.in_ms ?? null;
  return inMs === null ? null : Math.max(0, inMs);
}
