import { describe, expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { beginImport } from '../../activities/begin-import.ts';
import { finishImport } from '../../activities/finish-import.ts';
import { flagForAttention } from '../../activities/flag-for-attention.ts';
import { giveUpImportRows } from '../../activities/give-up-import-rows.ts';
import { markStalled } from '../../activities/mark-stalled.ts';
import { remindNotOpened } from '../../activities/remind-not-opened.ts';
import { remindOfOffboarding } from '../../activities/remind-of-offboarding.ts';
import { remindOwners } from '../../activities/remind-owners.ts';
import { chooseNotifications } from '../../db/choose-notifications.ts';
import { inTenant } from '../../db/tenant.ts';
import type { Actor } from '../../domain/actor.ts';
import type { AgencyId, ClientId, PersonId } from '../../domain/ids.ts';
import type { MailKind } from '../../domain/mail.ts';
import { type NotificationKind, notificationKinds, notificationsOf } from '../../domain/notification.ts';
import { importEndedMail } from '../../mail/import-ended.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, type OnboardedClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newPersonId } from '../harness/ids.ts';
import { importRow, storedImport } from '../harness/import.ts';
import { mailsTo } from '../harness/mailbox.ts';
import { type MemberTerms, openMember } from '../harness/member.ts';
import { leaveLater } from '../harness/offboarding.ts';
import { firstRun, tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { publicUrl } from '../harness/public-url.ts';
import { openLinks } from '../harness/sharing.ts';
import { telling } from '../harness/telling.ts';

const database = await testDatabase();
const deps = telling(database);
const mails = (email: string) => mailsTo({ database, secrets: deps.secrets }, email);

interface Person {
  id: PersonId;
  email: string;
}

/** Somebody who belongs to the account. */
async function member(agencyId: AgencyId, terms: MemberTerms): Promise<Person> {
  const id = newPersonId();
  const email = `${id}@people.example`;
  await database.api.insertInto('auth.people').values({ id, name: 'Robin Example', email, image: null, current_account_id: null }).execute();
  await openMember(database, agencyId, { ...terms, personId: id });
  return { id, email };
}

/** Wants to be told of this and nothing else, or of everything else. */
async function choose(agencyId: AgencyId, { id }: Person, kind: NotificationKind, wanted: boolean): Promise<void> {
  const chosen = { ...notificationsOf(wanted ? 'viewer' : 'owner', {}), [kind]: wanted };
  await inTenant(database.api, agencyId, (tx) => chooseNotifications(tx, { accountId: agencyId, personId: id, chosen }));
}

/** What brings a kind of mail: makes everything ready for it, and gives the step that queues it. */
interface Cause {
  mail: MailKind;
  prepare: (client: OnboardedClient) => Promise<() => Promise<void>>;
}

const withoutProject = (client: OnboardedClient) =>
  assignProject(database.worker, { ...client, actor: tester, projectId: null, projectDomain: null }, firstRun());

/** What is told of a client to all who see it. */
const causes: Record<Exclude<NotificationKind, 'import.ended'>, Cause> = {
  'onboarding.reminder': {
    mail: 'onboarding_reminder',
    prepare: async (client) => {
      await withoutProject(client);
      return () => remindOwners(deps, { ...client, reminder: 1 });
    },
  },
  'onboarding.stalled': {
    mail: 'onboarding_stalled',
    prepare: async (client) => {
      await withoutProject(client);
      return () => markStalled(deps, client);
    },
  },
  'onboarding.needs_attention': {
    mail: 'onboarding_needs_attention',
    prepare: async (client) => () => flagForAttention(deps, { ...client, reason: 'check_allowance: a legal hold is on the client' }),
  },
  'sharing.not_opened': {
    mail: 'report_not_opened',
    prepare: async ({ agencyId, clientId }) => {
      const project = { agencyId, projectId: await openProject(database, agencyId, { clientId }) };
      await openLinks(database, deps.secrets, project, clientId);
      return () => remindNotOpened(deps, project);
    },
  },
  offboarding: {
    mail: 'client_leaves',
    prepare: async ({ agencyId, clientId }) => {
      await leaveLater(database, agencyId, clientId);
      const { id: offboardingId } = await database.admin.selectFrom('offboardings').select('id').where('client_id', '=', clientId).executeTakeFirstOrThrow();
      return () => remindOfOffboarding(deps, { agencyId, clientId, offboardingId, reminder: 1 });
    },
  },
};

describe.each(notificationKinds.filter((kind) => kind !== 'import.ended'))('the mail %s', (kind) => {
  const { mail, prepare } = causes[kind];
  async function scene(): Promise<{ agencyId: AgencyId; clientId: ClientId; name: string; tell: () => Promise<void> }> {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    return { agencyId, clientId: client.clientId, name: client.input.client.name, tell: await prepare(client) };
  }

  test('goes to owners and admins and to no viewer, with the client and the way to it', async () => {
    const { agencyId, clientId, name, tell } = await scene();
    const told = [await member(agencyId, { role: 'owner' }), await member(agencyId, { role: 'owner' }), await member(agencyId, { role: 'admin' })];
    const viewer = await member(agencyId, { role: 'viewer' });
    const stranger = await member(await openAgency(database), { role: 'owner' });
    await tell();

    for (const { email } of told) {
      expect(await mails(email)).toMatchObject([
        { kind: mail, subject: expect.stringContaining(name), text: expect.stringContaining(`${publicUrl}/clients/${clientId}`) },
      ]);
    }
    for (const { email } of [viewer, stranger]) expect(await mails(email)).toEqual([]);
  });

  test('goes to whoever chose it, and not to whoever chose all but it', async () => {
    const { agencyId, tell } = await scene();
    const [owner, viewer] = [await member(agencyId, { role: 'owner' }), await member(agencyId, { role: 'viewer' })];
    await choose(agencyId, owner, kind, false);
    await choose(agencyId, viewer, kind, true);
    await tell();
    expect(await mails(owner.email)).toEqual([]);
    expect(await mails(viewer.email)).toMatchObject([{ kind: mail }]);
  });

  test('goes to a restricted member only where the client is theirs, whatever they chose', async () => {
    const { agencyId, clientId, tell } = await scene();
    const { clientId: other } = await activeClient(database, agencyId);
    const seeing = await member(agencyId, { role: 'admin', clientIds: [other, clientId] });
    const others = [await member(agencyId, { role: 'admin', clientIds: [other] }), await member(agencyId, { role: 'admin', clientIds: [] })];
    for (const person of [seeing, ...others]) await choose(agencyId, person, kind, true);
    await tell();
    expect(await mails(seeing.email)).toHaveLength(1);
    for (const { email } of others) expect(await mails(email)).toEqual([]);
  });

  test('says as it waits for whom of the account it is, who may leave before it is sent', async () => {
    const { agencyId, tell } = await scene();
    const { id: personId, email } = await member(agencyId, { role: 'owner' });
    await tell();
    expect(await mails(email)).toMatchObject([{ member: { accountId: agencyId, personId } }]);
  });

  test('goes once, however often its step is tried', async () => {
    const { agencyId, tell } = await scene();
    const { email } = await member(agencyId, { role: 'owner' });
    await Promise.all(Array.from({ length: 5 }, tell));
    await tell();
    expect(await mails(email)).toHaveLength(1);
  });
});

describe('the mail import.ended', () => {
  /** An import that is at its end, started by a person or, as nobody is given, by a key. */
  async function atItsEnd(agencyId: AgencyId, person?: Person) {
    const actor: Actor = person ? { kind: 'user', id: person.id, label: 'Robin Example' } : tester;
    const importId = await storedImport(database, agencyId, [importRow({ name: 'Acme' }), importRow({ name: 'Birch' })], { actor, fileName: 'clients.csv' });
    const key = { agencyId, importId };
    await beginImport(database.worker, key);
    await giveUpImportRows(database.worker, key);
    return { importId, finish: () => finishImport(deps, { ...key, state: 'cancelled', cancelledBy: tester }) };
  }

  test('goes once to whoever started it and to nobody else, with what became of the rows and the way to them', async () => {
    const agencyId = await openAgency(database);
    const [starter, other] = [await member(agencyId, { role: 'admin' }), await member(agencyId, { role: 'owner' })];
    const { importId, finish } = await atItsEnd(agencyId, starter);
    await Promise.all(Array.from({ length: 5 }, finish));
    await finish();
    const [mail, ...more] = await mails(starter.email);
    expect(mail).toMatchObject({ kind: 'import_ended', subject: 'The import of clients.csv was cancelled' });
    expect(mail?.text).toContain('The import of clients.csv was cancelled. Of 2 rows: 2 given up.');
    expect(mail?.text).toContain(`${publicUrl}/imports/${importId}`);
    expect([...more, ...(await mails(other.email))]).toEqual([]);
  });

  test('of one that a key started goes to owners and admins who see all clients', async () => {
    const agencyId = await openAgency(database);
    const told = [await member(agencyId, { role: 'owner' }), await member(agencyId, { role: 'admin' })];
    const others = [await member(agencyId, { role: 'viewer' }), await member(agencyId, { role: 'admin', clientIds: [] })];
    await (await atItsEnd(agencyId)).finish();
    for (const { email } of told) expect(await mails(email)).toHaveLength(1);
    for (const { email } of others) expect(await mails(email)).toEqual([]);
  });

  test('says of rows that wait no more than that, and where it stands what for', () => {
    const counts = { pending: 0, running: 0, created: 1, updated: 0, waiting: 2, duplicate: 0, refused: 0, cancelled: 0 };
    const { text } = importEndedMail({ to: 'owner@agency.example', name: 'Robin', url: publicUrl }, { state: 'done', fileName: null, counts });
    expect(text).toContain('An import of clients is through. Of 3 rows: 1 created, 2 waiting.');
    expect(text).toContain("Clients that wait for a slot go on by themselves; of the others the import's page says what they wait for.");
  });

  test('is not for who chose all but it', async () => {
    const agencyId = await openAgency(database);
    const starter = await member(agencyId, { role: 'owner' });
    await choose(agencyId, starter, 'import.ended', false);
    await (await atItsEnd(agencyId, starter)).finish();
    expect(await mails(starter.email)).toEqual([]);
  });
});

test('an onboarding without a client that needs attention is told to those who see all clients', async () => {
  const agencyId = await openAgency(database);
  const client = await activeClient(database, agencyId);
  const [owner, restricted] = [await member(agencyId, { role: 'owner' }), await member(agencyId, { role: 'admin', clientIds: [client.clientId] })];
  await database.admin.updateTable('onboardings').set({ client_id: null }).where('id', '=', client.onboardingId).execute();
  await flagForAttention(deps, { ...client, reason: 'create_account: no connection' });
  expect(await mails(owner.email)).toMatchObject([{ kind: 'onboarding_needs_attention', text: expect.stringContaining(`${publicUrl}/onboardings`) }]);
  expect(await mails(restricted.email)).toEqual([]);
});

test('what failed of an undo is not in the mail', async () => {
  const agencyId = await openAgency(database);
  const client = await activeClient(database, agencyId);
  const { email } = await member(agencyId, { role: 'owner' });
  await flagForAttention(deps, { ...client, reason: 'check_allowance: a legal hold' });
  const [mail] = await mails(email);
  expect(mail?.text).not.toContain('legal hold');
});

test('a choice outlasts a change of role', async () => {
  const agencyId = await openAgency(database);
  const client = await activeClient(database, agencyId);
  const person = await member(agencyId, { role: 'viewer' });
  await choose(agencyId, person, 'offboarding', true);
  await inTenant(database.api, agencyId, (tx) => tx.updateTable('memberships').set({ role: 'admin' }).where('person_id', '=', person.id).execute());
  await flagForAttention(deps, { ...client, reason: 'no connection' });
  expect(await mails(person.email)).toEqual([]);
});
