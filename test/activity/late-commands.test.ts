import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { archiveClient } from '../../activities/archive-client.ts';
import { chooseShareWhenReady } from '../../activities/choose-share-when-ready.ts';
import { editClient } from '../../activities/edit-client.ts';
import { mergeClients } from '../../activities/merge-clients.ts';
import { moveProject } from '../../activities/move-project.ts';
import { restoreClient } from '../../activities/restore-client.ts';
import type { StepRun } from '../../activities/step-run.ts';
import type { Actor } from '../../domain/actor.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { firstRun, tester } from '../harness/onboarding-input.ts';
import { openProject, share } from '../harness/project.ts';
import { clientRow, eventCounts, onboardingRow, projectRow, sharingRow, slots } from '../harness/written.ts';

const database = await testDatabase();
const { worker } = database;

/** Whoever asks, by a request of their own. */
const asker = (): Actor => ({ ...tester, origin: { requestId: randomUUID(), network: null, userAgent: null } });

/** Carries a command out, and again behind what somebody else does: its worker died before it could say that it was through. */
async function lateBehind<Answer>(command: (run: StepRun) => Promise<Answer>, others: () => Promise<unknown>): Promise<Answer> {
  const run = firstRun();
  await command(run);
  await others();
  return command({ ...run, attempt: 2 });
}

async function sharedClient() {
  const agencyId = await openAgency(database);
  const client = await activeClient(database, agencyId);
  const projectId = await openProject(database, agencyId, { clientId: client.clientId });
  const key = { agencyId, clientId: client.clientId };
  const shareAgain = () => share(database, { agencyId, projectId }, client.clientId);
  return { ...client, projectId, key, shareAgain };
}

describe('a late attempt of a command leaves what somebody has done since', () => {
  test('a client that was restored, and what it shares', async () => {
    const { agencyId, clientId, projectId, key, shareAgain } = await sharedClient();
    const archive = { ...key, actor: asker() };
    const answer = await lateBehind(
      (run) => archiveClient(worker, archive, run),
      async () => {
        await restoreClient(worker, { ...key, actor: asker() });
        await shareAgain();
      },
    );
    expect(answer).toEqual({ outcome: 'unchanged' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'active' });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: clientId });
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ state: 'shared' });
  });

  test('a client that was archived', async () => {
    const { agencyId, clientId, key } = await sharedClient();
    await archiveClient(worker, { ...key, actor: asker() });
    const restore = { ...key, actor: asker() };
    const answer = await lateBehind(
      (run) => restoreClient(worker, restore, run),
      () => archiveClient(worker, { ...key, actor: asker() }),
    );
    expect(answer).toEqual({ outcome: 'unchanged' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'archived' });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  });

  test('a client that was taken out of a merge again', async () => {
    const { agencyId, clientId, key } = await sharedClient();
    const { clientId: into } = await activeClient(database, agencyId);
    const merge = { ...key, into, actor: asker() };
    const answer = await lateBehind(
      (run) => mergeClients(worker, merge, run),
      () => restoreClient(worker, { ...key, actor: asker() }),
    );
    expect(answer).toMatchObject({ outcome: 'merged' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'active' });
  });

  test('a project that was moved back, and what it shares', async () => {
    const { agencyId, clientId, projectId, shareAgain } = await sharedClient();
    const { clientId: another } = await activeClient(database, agencyId);
    const move = { agencyId, projectId, clientId: another, actor: asker() };
    const answer = await lateBehind(
      (run) => moveProject(worker, move, run),
      async () => {
        await moveProject(worker, { ...move, clientId, actor: asker() });
        await shareAgain();
      },
    );
    expect(answer).toEqual({ outcome: 'unchanged' });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: clientId });
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ state: 'shared' });
  });

  test('what was written into a client, whatever version there was', async () => {
    const { agencyId, clientId, key } = await sharedClient();
    const edit = { ...key, actor: asker(), expectedVersion: null, change: { notes: 'first' } };
    const answer = await lateBehind(
      (run) => editClient(worker, edit, run),
      () => editClient(worker, { ...edit, actor: asker(), change: { notes: 'second' } }),
    );
    expect(answer).toEqual({ outcome: 'edited' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ notes: 'second' });
  });

  test('a wish to share that was taken back', async () => {
    const { agencyId, onboardingId } = await sharedClient();
    const wish = { agencyId, onboardingId, actor: asker(), wanted: true };
    await lateBehind(
      (run) => chooseShareWhenReady(worker, wish, run),
      () => chooseShareWhenReady(worker, { ...wish, actor: asker(), wanted: false }),
    );
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ share_when_ready: false });
  });
});

test('a second attempt of a command that the first did not carry out does so', async () => {
  const { agencyId, clientId, projectId, key } = await sharedClient();
  const late = { ...firstRun(), attempt: 2 };
  await moveProject(worker, { agencyId, projectId, clientId: null, actor: asker() }, late);
  await restoreClient(worker, { ...key, actor: asker() }, late);
  await archiveClient(worker, { ...key, actor: asker() }, late);
  expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'archived' });
  expect(await eventCounts(database, agencyId)).toMatchObject({ 'client.archived': 1, 'project.unassigned': 1 });
});
