import { describe, expect, test } from 'vitest';
import { archiveClient } from '../../activities/archive-client.ts';
import { assignProject } from '../../activities/assign-project.ts';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { editClient } from '../../activities/edit-client.ts';
import { eraseClient } from '../../activities/erase-client.ts';
import { mergeClients } from '../../activities/merge-clients.ts';
import { moveProject } from '../../activities/move-project.ts';
import { restoreClient } from '../../activities/restore-client.ts';
import { verifyStatus } from '../../activities/verify-status.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, archivedLongAgo, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject, share } from '../harness/project.ts';
import { clientRow, eventCounts, onboardingRow, projectRow, sharingRow, slots, stepStates } from '../harness/written.ts';

const database = await testDatabase();
const { worker } = database;

/** A client with a shared project, whose onboarding waits for its status. */
async function servedClient() {
  const agencyId = await openAgency(database);
  const client = await activeClient(database, agencyId);
  const projectId = await openProject(database, agencyId, { clientId: client.clientId });
  await assignProject(worker, { ...client, actor: tester, projectId: null, projectDomain: null }, firstRun());
  await makeReady(database, { agencyId, projectId });
  await share(database, { agencyId, projectId }, client.clientId);
  return { ...client, projectId, key: { agencyId, clientId: client.clientId, actor: tester } };
}

/** However the race went: nothing of an archived client is shared or assigned, and the slots are counted right. */
async function expectWhole(agencyId: AgencyId, clientId: ClientId) {
  const { used, active } = await slots(database, agencyId);
  expect(used).toBe(active);
  const client = await clientRow(database, agencyId, clientId);
  const projects = await database.admin.selectFrom('projects').select('id').where('agency_id', '=', agencyId).where('client_id', '=', clientId).execute();
  if (client?.state === 'archived') expect(projects).toEqual([]);
  const shared = await database.admin
    .selectFrom('sharings as sharing')
    .innerJoin('projects as project', (join) => join.onRef('project.agency_id', '=', 'sharing.agency_id').onRef('project.id', '=', 'sharing.project_id'))
    .select(['sharing.client_id', 'project.client_id as owner'])
    .where('sharing.agency_id', '=', agencyId)
    .where('sharing.state', '=', 'shared')
    .execute();
  for (const { client_id, owner } of shared) expect(client_id).toBe(owner);
}

describe('an archive', () => {
  test('ends the onboarding of the client with it, and a step that comes late does nothing', async () => {
    const { key, projectId, ...client } = await servedClient();
    expect(await archiveClient(worker, key)).toMatchObject({ outcome: 'archived' });
    const { agencyId, onboardingId } = client;
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ state: 'cancelled', blockers: [] });
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(['undone', 'undone', 'undone', 'skipped']);
    const before = await eventCounts(database, agencyId);
    expect(await verifyStatus(worker, { ...client, projectId, actor: tester }, firstRun())).toMatchObject({ outcome: 'ended', state: 'cancelled' });
    expect(await assignProject(worker, { ...client, actor: tester, projectId, projectDomain: null }, firstRun())).toMatchObject({ outcome: 'ended' });
    expect(await eventCounts(database, agencyId)).toEqual(before);
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ state: 'disabled' });
  });

  test('of a client that waits for a slot leaves none taken, even when the slot comes at once', async () => {
    for (let round = 0; round < 5; round++) {
      const agencyId = await openAgency(database, { clientLimit: 1 });
      const client = await pendingClient(database, onboardingInput(agencyId));
      await Promise.all([
        archiveClient(worker, { agencyId, clientId: client.clientId, actor: tester }),
        checkAllowance(worker, { ...client, onLimit: 'wait', actor: tester }, firstRun()),
      ]);
      expect(await clientRow(database, agencyId, client.clientId)).toMatchObject({ state: 'archived' });
      expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    }
  });

  test('and an onboarding step, a move, a restore, an edit and a merge at once leave a whole', async () => {
    for (let round = 0; round < 8; round++) {
      const { key, projectId, ...client } = await servedClient();
      const { agencyId, clientId } = key;
      const other = await activeClient(database, agencyId);
      const acts = [
        () => archiveClient(worker, key),
        () => verifyStatus(worker, { ...client, projectId, actor: tester }, firstRun()),
        () => assignProject(worker, { ...client, actor: tester, projectId: null, projectDomain: null }, firstRun()),
        () => moveProject(worker, { agencyId, projectId, clientId: other.clientId, actor: tester }),
        () => moveProject(worker, { agencyId, projectId, clientId, actor: tester }),
        () => restoreClient(worker, key),
        () => editClient(worker, { ...key, expectedVersion: null, change: { notes: `round ${round}` } }),
        () => mergeClients(worker, { ...key, into: other.clientId }),
      ];
      // Another order each round.
      const order = acts.map((_, index) => acts[(index * 3 + round) % acts.length] ?? acts[0]);
      await Promise.all(order.map((act) => act?.()));
      await expectWhole(agencyId, clientId);
      await expectWhole(agencyId, other.clientId);
    }
  });

  test('ten times at once frees one slot', async () => {
    const { key, agencyId } = await servedClient();
    const answers = await Promise.all(Array.from({ length: 10 }, () => archiveClient(worker, key)));
    expect(answers.filter(({ outcome }) => outcome === 'archived')).toHaveLength(1);
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    expect(await eventCounts(database, agencyId)).toMatchObject({ 'client.archived': 1, 'onboarding.cancelled': 1 });
  });
});

describe('a restore', () => {
  test('of ten clients at once on three slots restores three', async () => {
    const agencyId = await openAgency(database, { clientLimit: 3 });
    const archived = await Promise.all(Array.from({ length: 10 }, () => archivedLongAgo(database, agencyId)));
    const answers = await Promise.all(archived.map(({ clientId }) => restoreClient(worker, { agencyId, clientId, actor: tester })));
    expect(answers.filter(({ outcome }) => outcome === 'restored')).toHaveLength(3);
    expect(answers.filter((answer) => answer.outcome === 'refused' && answer.code === 'CLIENT_LIMIT_REACHED')).toHaveLength(7);
    expect(await slots(database, agencyId)).toEqual({ used: 3, active: 3 });
  });

  test('and an erasure at once: one of them has the client', async () => {
    for (let round = 0; round < 5; round++) {
      const agencyId = await openAgency(database);
      const { clientId } = await archivedLongAgo(database, agencyId);
      const [erased, restored] = await Promise.all([
        eraseClient(worker, { agencyId, clientId, actor: tester, expectedVersion: 1, retentionDays: 30 }),
        restoreClient(worker, { agencyId, clientId, actor: tester }),
      ]);
      expect([erased.outcome === 'erased', restored.outcome === 'restored'].filter(Boolean)).toHaveLength(1);
      const row = await clientRow(database, agencyId, clientId);
      expect(row?.erased_at !== null).toBe(erased.outcome === 'erased');
    }
  });
});

test('an edit that comes again after it was committed is the same edit', async () => {
  const { key, agencyId } = await servedClient();
  const { version = 0 } = (await clientRow(database, agencyId, key.clientId)) ?? {};
  const edit = () => editClient(worker, { ...key, expectedVersion: version, change: { notes: 'once' } });
  expect([await edit(), await edit()]).toEqual([{ outcome: 'edited' }, { outcome: 'edited' }]);
  expect(await eventCounts(database, agencyId)).toMatchObject({ 'client.updated': 1 });
});
