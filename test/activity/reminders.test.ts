import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { markStalled } from '../../activities/mark-stalled.ts';
import { moveProject } from '../../activities/move-project.ts';
import { remindOwners } from '../../activities/remind-owners.ts';
import { verifyStatus } from '../../activities/verify-status.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { Role } from '../../domain/permission.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newPersonId } from '../harness/ids.ts';
import { mailsTo } from '../harness/mailbox.ts';
import { openMember } from '../harness/member.ts';
import { firstRun, tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { publicUrl } from '../harness/public-url.ts';
import { events, onboardingRow } from '../harness/written.ts';

const database = await testDatabase();
const secrets = createSecretBox(randomBytes(32));
const reminding = { db: database.worker, secrets, publicUrl };

const assign = (client: Awaited<ReturnType<typeof activeClient>>) =>
  assignProject(database.worker, { ...client, actor: tester, projectId: null, projectDomain: null }, firstRun());

/** Somebody who belongs to the account; answers their address. */
async function member(agencyId: AgencyId, role: Role): Promise<string> {
  const id = newPersonId();
  const email = `${id}@people.example`;
  await database.api.insertInto('auth.people').values({ id, name: 'Robin Example', email, image: null, current_account_id: null }).execute();
  await openMember(database, agencyId, { role, personId: id });
  return email;
}

/** An onboarding that waits for a project. */
async function waiting(agencyId: AgencyId) {
  const client = await activeClient(database, agencyId);
  await assign(client);
  return client;
}

test('a reminder is written once, however often it is sent', async () => {
  const agencyId = await openAgency(database);
  const client = await waiting(agencyId);
  await Promise.all(Array.from({ length: 10 }, () => remindOwners(reminding, { ...client, reminder: 1 })));

  expect(await events(database, agencyId, 'onboarding.reminder')).toMatchObject([
    { client_id: client.clientId, onboarding_id: client.onboardingId, actor: { kind: 'system' }, after: { reminder: 1, waitingFor: 'project' } },
  ]);
  expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ reminders_sent: 1 });
});

test('each owner gets one mail, with the way to the client, and nobody else does', async () => {
  const agencyId = await openAgency(database);
  const client = await waiting(agencyId);
  const owners = [await member(agencyId, 'owner'), await member(agencyId, 'owner')];
  const admin = await member(agencyId, 'admin');
  await Promise.all(Array.from({ length: 3 }, () => remindOwners(reminding, { ...client, reminder: 1 })));

  for (const owner of owners) {
    const mails = await mailsTo({ database, secrets }, owner);
    expect(mails).toMatchObject([{ kind: 'onboarding_reminder', text: expect.stringContaining(`${publicUrl}/clients/${client.clientId}`) }]);
  }
  expect(await mailsTo({ database, secrets }, admin)).toEqual([]);
});

test('reminders count up, and an earlier one that comes late is left out', async () => {
  const agencyId = await openAgency(database);
  const client = await waiting(agencyId);
  for (const reminder of [1, 3, 2, 3]) await remindOwners(reminding, { ...client, reminder });
  expect((await events(database, agencyId, 'onboarding.reminder')).map(({ after }) => after?.reminder)).toEqual([1, 3]);
});

test('the next look knows how many reminders were sent', async () => {
  const client = await waiting(await openAgency(database));
  await remindOwners(reminding, { ...client, reminder: 2 });
  expect(await assign(client)).toMatchObject({ remindersSent: 2 });
});

test('nobody is reminded once there is a project', async () => {
  const agencyId = await openAgency(database);
  const client = await waiting(agencyId);
  await openProject(database, agencyId, { clientId: client.clientId });
  await assign(client);
  await remindOwners(reminding, { ...client, reminder: 1 });
  expect(await events(database, agencyId, 'onboarding.reminder')).toEqual([]);
});

test('a second wait reminds from the first reminder on', async () => {
  const agencyId = await openAgency(database);
  const client = await waiting(agencyId);
  await remindOwners(reminding, { ...client, reminder: 3 });
  const projectId = await openProject(database, agencyId, { clientId: client.clientId });
  await assign(client);
  await moveProject(database.worker, { agencyId, projectId, clientId: null, actor: tester });
  await verifyStatus(database.worker, { ...client, projectId, actor: tester }, firstRun());

  expect(await assign(client)).toMatchObject({ outcome: 'waiting', remindersSent: 0 });
  await remindOwners(reminding, { ...client, reminder: 1 });
  expect(await events(database, agencyId, 'onboarding.reminder')).toHaveLength(2);
});

test('an onboarding is marked stalled once', async () => {
  const agencyId = await openAgency(database);
  const client = await waiting(agencyId);
  await Promise.all(Array.from({ length: 10 }, () => markStalled(database.worker, client)));

  expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({
    state: 'stalled',
    blockers: [{ code: 'NO_PROJECT_YET' }],
    finished_at: null,
  });
  expect(await events(database, agencyId, 'onboarding.stalled')).toHaveLength(1);
});

test('an onboarding that found its project is not marked stalled', async () => {
  const agencyId = await openAgency(database);
  const client = await waiting(agencyId);
  const projectId = await openProject(database, agencyId, { clientId: client.clientId });
  await assign(client);
  await verifyStatus(database.worker, { ...client, projectId, actor: tester }, firstRun());
  await markStalled(database.worker, client);
  expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'waiting_for_status' });
});
