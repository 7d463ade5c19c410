import { expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { type CreateProjectInput, createProject } from '../../activities/create-project.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newClientId, newProjectId } from '../harness/ids.ts';
import { createAccountInput, firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { events, projectRow } from '../harness/written.ts';

const database = await testDatabase();

const input = (agencyId: AgencyId, changes: Partial<CreateProjectInput> = {}): CreateProjectInput => ({
  agencyId,
  projectId: newProjectId(),
  actor: tester,
  name: 'Shop',
  domain: 'shop.example',
  clientId: null,
  ...changes,
});

test('makes an unassigned project', async () => {
  const agencyId = await openAgency(database);
  const asked = input(agencyId);
  expect(await createProject(database.worker, asked)).toEqual({ outcome: 'created', waitingWorkflowIds: [] });
  expect(await projectRow(database, agencyId, asked.projectId)).toMatchObject({ name: 'Shop', domain: 'shop.example', client_id: null });
  expect(await events(database, agencyId, 'project.created')).toMatchObject([{ project_id: asked.projectId, client_id: null, actor: tester }]);
});

test('makes a project under an active client, and names the onboardings that may have waited for one, and no others', async () => {
  const agencyId = await openAgency(database);
  const client = await activeClient(database, agencyId);
  await activeClient(database, agencyId);
  await assignProject(database.worker, { ...client, actor: tester, projectId: null, projectDomain: null }, firstRun());
  const asked = input(agencyId, { clientId: client.clientId });
  expect(await createProject(database.worker, asked)).toEqual({ outcome: 'created', waitingWorkflowIds: [createAccountInput(client.input).workflowId] });
  expect(await projectRow(database, agencyId, asked.projectId)).toMatchObject({ client_id: client.clientId });
});

test('makes it once, however often it is asked', async () => {
  const agencyId = await openAgency(database);
  const asked = input(agencyId);
  const answers = await Promise.all(Array.from({ length: 10 }, () => createProject(database.worker, asked)));
  expect(answers).toEqual(Array.from({ length: 10 }, () => ({ outcome: 'created', waitingWorkflowIds: [] })));
  expect(await events(database, agencyId, 'project.created')).toHaveLength(1);
});

test("refuses another agency's client, one that is not there and one that is pending, with the same answer", async () => {
  const [agencyId, stranger] = [await openAgency(database), await openAgency(database)];
  const theirs = await activeClient(database, stranger);
  const pending = await pendingClient(database, onboardingInput(agencyId));
  for (const clientId of [theirs.clientId, newClientId(), pending.clientId]) {
    expect(await createProject(database.worker, input(agencyId, { clientId }))).toEqual({ outcome: 'refused', code: 'NOT_FOUND' });
  }
});

test('refuses an archived client', async () => {
  const agencyId = await openAgency(database);
  const client = await activeClient(database, agencyId);
  await releaseAllowance(database.worker, { ...client, actor: tester }, firstRun());
  expect(await createProject(database.worker, input(agencyId, { clientId: client.clientId }))).toEqual({ outcome: 'refused', code: 'CLIENT_ARCHIVED' });
});
