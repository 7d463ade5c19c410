import { expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { markStalled } from '../../activities/mark-stalled.ts';
import { moveProject } from '../../activities/move-project.ts';
import { remindOwners } from '../../activities/remind-owners.ts';
import { verifyStatus } from '../../activities/verify-status.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { firstRun, tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { telling } from '../harness/telling.ts';
import { events, onboardingRow } from '../harness/written.ts';

const database = await testDatabase();
const reminding = telling(database);

const assign = (client: Awaited<ReturnType<typeof activeClient>>) =>
  assignProject(database.worker, { ...client, actor: tester, projectId: null, projectDomain: null }, firstRun());

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
  await Promise.all(Array.from({ length: 10 }, () => markStalled(reminding, client)));

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
  await markStalled(reminding, client);
  expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'waiting_for_status' });
});
