import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, test } from 'vitest';
import { type MailedMember, queueMail } from '../../db/queue-mail.ts';
import { removeMember } from '../../db/remove-member.ts';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { Mail } from '../../domain/mail.ts';
import { type MailTransport, UndeliverableMail } from '../../mail/transport.ts';
import { type DeliverMailsInput, mailQueuedSignal } from '../../workflows/contract.ts';
import type { deliverMails } from '../../workflows/index.ts';
import { openAgency } from '../harness/agency.ts';
import { testDatabase } from '../harness/database.ts';
import { startFoyerWorker } from '../harness/foyer-worker.ts';
import { newPersonId } from '../harness/ids.ts';
import { openMember } from '../harness/member.ts';
import { tester } from '../harness/onboarding-input.ts';
import { openStageWithoutWorker } from '../harness/stage.ts';
import { until } from '../harness/until.ts';

const stage = await openStageWithoutWorker(await testDatabase());
const { database, temporal, taskQueue, secrets, door } = stage;

/** By recipient, how often a mail came through; a recipient says by their name what becomes of it. */
const came = new Map<string, number>();
const tried = new Map<string, number>();
const transport: MailTransport = {
  async send(_, { to }) {
    tried.set(to, (tried.get(to) ?? 0) + 1);
    if (to.startsWith('unknown')) throw new UndeliverableMail('no such mailbox');
    if (to.startsWith('busy') && tried.get(to) === 1) throw new Error('come again');
    came.set(to, (came.get(to) ?? 0) + 1);
  },
};
const deps = { db: database.worker, secrets, checkUrl: door.url, mail: transport };
const worker = await startFoyerWorker({ address: stage.address, taskQueue, deps, workflowBundle: inject('workflowBundlePath') });
afterAll(worker.stop);

async function startDelivery(input: DeliverMailsInput) {
  const workflow = await temporal.workflow.start<typeof deliverMails>('deliverMails', {
    taskQueue,
    workflowId: `deliver-mails/${randomUUID()}`,
    args: [input],
  });
  return {
    workflow,
    async [Symbol.asyncDispose]() {
      await workflow.terminate();
    },
  };
}
const whenTold = { lookAgainMs: 3_600_000 };

async function queue(name: string, member?: MailedMember): Promise<string> {
  const to = `${name}-${randomUUID()}@people.example`;
  const mail: Mail = { kind: 'verify_email', to, subject: 'Subject', text: 'Text', html: '<p>Text</p>' };
  await queueMail(database.api, secrets, mail, member);
  return to;
}

async function somebody(accountId: AgencyId): Promise<MailedMember> {
  const personId = newPersonId();
  const email = `${personId}@people.example`;
  await database.api.insertInto('auth.people').values({ id: personId, name: 'Robin Example', email, image: null, current_account_id: null }).execute();
  await openMember(database, accountId, { role: 'admin', personId });
  return { accountId, personId };
}

const row = async () => database.admin.selectFrom('mails').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
const done = () => until('no mail waits', async () => (await row()).sealed === null && row());

test('mail is delivered when told, and what it said is gone from the database', async () => {
  const first = await queue('robin');
  expect((await row()).sealed?.toString()).not.toContain(first);
  await using delivery = await startDelivery(whenTold);
  await done();
  const to = await queue('robin');
  await delivery.workflow.signal(mailQueuedSignal);
  expect(await done()).toMatchObject({ attempts: 1, sent_at: expect.any(Date), given_up_at: null });
  expect(came.get(to)).toBe(1);
});

test('with no mail waiting it rests until it looks again', async () => {
  await using delivery = await startDelivery(whenTold);
  const rest = await until('it rests', async () => {
    const { events } = await delivery.workflow.fetchHistory();
    return events?.find(({ timerStartedEventAttributes: timer }) => timer)?.timerStartedEventAttributes?.startToFireTimeout;
  });
  expect(Number(rest?.seconds)).toBe(3_600);
});

test('mail that nobody told of is found all the same', async () => {
  await using _ = await startDelivery({ lookAgainMs: 50 });
  const to = await queue('robin');
  await done();
  expect(came.get(to)).toBe(1);
});

test('mail that is not through is tried again, later', async () => {
  await using delivery = await startDelivery(whenTold);
  const to = await queue('busy');
  await delivery.workflow.signal(mailQueuedSignal);
  const waiting = await until('it was tried', async () => tried.has(to) && row());
  expect(waiting).toMatchObject({ attempts: 1, sent_at: null, sealed: expect.any(Buffer) });
  expect(waiting.due_at.getTime()).toBeGreaterThan(Date.now() + 20_000);
  expect(came.has(to)).toBe(false);

  await database.admin.updateTable('mails').set({ due_at: new Date() }).where('id', '=', waiting.id).execute();
  await delivery.workflow.signal(mailQueuedSignal);
  expect(await done()).toMatchObject({ attempts: 2, sent_at: expect.any(Date) });
  expect(came.get(to)).toBe(1);
});

test('mail that the server refuses for good is given up at once', async () => {
  await using delivery = await startDelivery(whenTold);
  const to = await queue('unknown');
  await delivery.workflow.signal(mailQueuedSignal);
  expect(await done()).toMatchObject({ attempts: 1, sent_at: null, given_up_at: expect.any(Date) });
  expect(tried.get(to)).toBe(1);
});

test('mail to a member is given up once they have left, however long it had waited', async () => {
  const accountId = await openAgency(database);
  const [stays, leaves] = [await somebody(accountId), await somebody(accountId)];
  const [toWhoStays, toWhoLeft] = [await queue('robin', stays), await queue('robin', leaves)];
  await inTenant(database.api, accountId, (tx) => removeMember(tx, { accountId, personId: leaves.personId, actor: tester, kind: 'member.left' }));
  await using _ = await startDelivery(whenTold);
  expect(await done()).toMatchObject({ attempts: 1, sent_at: null, given_up_at: expect.any(Date) });
  expect(came.get(toWhoStays)).toBe(1);
  expect(tried.has(toWhoLeft)).toBe(false);
});

test('deliveries side by side take different mails: each comes through once', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => queue('robin')));
  await using first = await startDelivery(whenTold);
  await using second = await startDelivery(whenTold);
  for (const { workflow } of [first, second]) await workflow.signal(mailQueuedSignal);
  await until('all have come', () => all.every((to) => came.has(to)));
  expect(all.map((to) => came.get(to))).toEqual(all.map(() => 1));
});
