import { describe, expect, test } from 'vitest';
import { type AssignProjectInput, assignProject } from '../../activities/assign-project.ts';
import { markStalled } from '../../activities/mark-stalled.ts';
import { moveProject } from '../../activities/move-project.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, type OnboardedClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newProjectId } from '../harness/ids.ts';
import { firstRun, tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { telling } from '../harness/telling.ts';
import { events, onboardingRow, projectRow, stepRow } from '../harness/written.ts';

const database = await testDatabase();

type Asked = Partial<Pick<AssignProjectInput, 'projectId' | 'projectDomain'>>;
const assign = (client: OnboardedClient, asked: Asked = {}, run = firstRun()) =>
  assignProject(database.worker, { ...client, actor: tester, projectId: null, projectDomain: null, ...asked }, run);

const noProject = (reason: string | null = null) => ({
  outcome: 'waiting',
  state: 'waiting_for_project',
  blocker: { code: 'NO_PROJECT_YET', reason },
  remindersSent: 0,
});

describe('the project that was asked for', () => {
  test('moves under the client while it is unassigned', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);

    expect(await assign(client, { projectId })).toEqual({ outcome: 'assigned', projectId });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: client.clientId });
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({
      state: 'running',
      project_id: projectId,
      project_assigned: true,
      blockers: [],
    });
    expect(await stepRow(database, agencyId, client.onboardingId, 'assign_project')).toMatchObject({ state: 'done' });
    expect(await events(database, agencyId, 'project.assigned')).toMatchObject([
      {
        client_id: client.clientId,
        project_id: projectId,
        onboarding_id: client.onboardingId,
        actor: tester,
        before: { clientId: null },
        after: { clientId: client.clientId },
      },
    ]);
  });

  test('is assigned once however often the step runs, and stays known as assigned by it', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => assign(client, { projectId })));

    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ outcome: 'assigned', projectId })));
    expect(await events(database, agencyId, 'project.assigned')).toHaveLength(1);
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ project_assigned: true });
  });

  test('is never taken from another client: the onboarding waits', async () => {
    const agencyId = await openAgency(database);
    const [holder, client] = [await activeClient(database, agencyId), await activeClient(database, agencyId)];
    const projectId = await openProject(database, agencyId, { clientId: holder.clientId });

    expect(await assign(client, { projectId })).toMatchObject({
      outcome: 'waiting',
      state: 'waiting_for_project',
      blocker: { code: 'PROJECT_ALREADY_ASSIGNED' },
    });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: holder.clientId });
    expect(await stepRow(database, agencyId, client.onboardingId, 'assign_project')).toMatchObject({ state: 'waiting', detail: 'PROJECT_ALREADY_ASSIGNED' });
  });

  test("gets one answer when it is another agency's and when it is not there", async () => {
    const [agencyId, stranger] = [await openAgency(database), await openAgency(database)];
    const theirs = await openProject(database, stranger);
    const client = await activeClient(database, agencyId);
    const answers = [await assign(client, { projectId: theirs }), await assign(client, { projectId: newProjectId() })];

    for (const answer of answers) expect(answer).toMatchObject({ outcome: 'waiting', blocker: { code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' } });
    expect(await projectRow(database, stranger, theirs)).toMatchObject({ client_id: null });
  });

  test('goes to one of two clients that ask for it at once', async () => {
    const agencyId = await openAgency(database);
    const clients = await Promise.all(Array.from({ length: 8 }, () => activeClient(database, agencyId)));
    const projectId = await openProject(database, agencyId);
    const answers = await Promise.all(clients.map((client) => assign(client, { projectId })));

    expect(answers.filter(({ outcome }) => outcome === 'assigned')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'waiting')).toHaveLength(7);
    expect(await events(database, agencyId, 'project.assigned')).toHaveLength(1);
  });

  test('gives way to a project that the client was given meanwhile', async () => {
    const agencyId = await openAgency(database);
    const [holder, client] = [await activeClient(database, agencyId), await activeClient(database, agencyId)];
    const asked = await openProject(database, agencyId, { clientId: holder.clientId });
    const given = await openProject(database, agencyId, { clientId: client.clientId });
    expect(await assign(client, { projectId: asked })).toEqual({ outcome: 'assigned', projectId: given });
  });
});

describe('no project yet', () => {
  test('waits, and says so once', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    for (const _ of [1, 2, 3]) expect(await assign(client)).toMatchObject(noProject());

    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({
      state: 'waiting_for_project',
      blockers: [{ code: 'NO_PROJECT_YET', reason: null }],
    });
    expect(await stepRow(database, agencyId, client.onboardingId, 'assign_project')).toMatchObject({ state: 'waiting', attempts: 3, finished_at: null });
    expect(await events(database, agencyId, 'onboarding.waiting')).toMatchObject([{ after: { for: 'project', code: 'NO_PROJECT_YET' } }]);
  });

  test('tells since when it waits, the same after a restart', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    // The step waited long for a worker; the onboarding waits for a project only since it has looked for one.
    const first = await assign(client, {}, { attempt: 1, startedAt: new Date(Date.now() - 3_600_000) });
    const since = (await onboardingRow(database, agencyId, client.onboardingId)).state_since.getTime();
    expect(first).toMatchObject({ sinceMs: since });
    const laterRun = { attempt: 1, startedAt: new Date(Date.now() + 3_600_000) };
    expect(await assign(client, {}, laterRun)).toMatchObject({ sinceMs: since });
  });

  test('takes the project that the client is given', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    await assign(client);
    const projectId = await openProject(database, agencyId);
    await moveProject(database.worker, { agencyId, projectId, clientId: client.clientId, actor: tester });

    expect(await assign(client)).toEqual({ outcome: 'assigned', projectId });
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'running', project_id: projectId, project_assigned: false });
  });

  test('takes the oldest when the client has several', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const oldest = await openProject(database, agencyId, { clientId: client.clientId });
    await openProject(database, agencyId, { clientId: client.clientId });
    expect(await assign(client)).toEqual({ outcome: 'assigned', projectId: oldest });
  });

  test('leaves unassigned projects alone that nobody asked for', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);
    expect(await assign(client)).toMatchObject(noProject());
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });

  test('once stalled still accepts a project, and waits as stalled until then', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    await assign(client);
    await markStalled(telling(database), client);
    expect(await assign(client)).toMatchObject({ outcome: 'waiting', state: 'stalled' });

    const projectId = await openProject(database, agencyId, { clientId: client.clientId });
    expect(await assign(client)).toEqual({ outcome: 'assigned', projectId });
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'running' });
  });
});

describe('a domain', () => {
  const projectDomain = 'shop.example';

  test("takes the agency's only unassigned project of it", async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const [projectId] = [await openProject(database, agencyId, { domain: projectDomain }), await openProject(database, agencyId, { domain: 'other.example' })];
    expect(await assign(client, { projectDomain })).toEqual({ outcome: 'assigned', projectId });
  });

  test('with several unassigned projects takes none, and says why it waits', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    for (const _ of [1, 2]) await openProject(database, agencyId, { domain: projectDomain });
    expect(await assign(client, { projectDomain })).toMatchObject(noProject('several unassigned projects of shop.example'));
  });

  test('with none waits', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    expect(await assign(client, { projectDomain })).toMatchObject(noProject('no unassigned projects of shop.example'));
  });

  test("does not count another client's or another agency's project", async () => {
    const [agencyId, stranger] = [await openAgency(database), await openAgency(database)];
    const [holder, client] = [await activeClient(database, agencyId), await activeClient(database, agencyId)];
    await openProject(database, agencyId, { domain: projectDomain, clientId: holder.clientId });
    await openProject(database, stranger, { domain: projectDomain });
    expect(await assign(client, { projectDomain })).toMatchObject(noProject('no unassigned projects of shop.example'));

    const projectId = await openProject(database, agencyId, { domain: projectDomain });
    expect(await assign(client, { projectDomain })).toEqual({ outcome: 'assigned', projectId });
  });

  test('goes to one of several clients that ask for it at once', async () => {
    const agencyId = await openAgency(database);
    const clients = await Promise.all(Array.from({ length: 8 }, () => activeClient(database, agencyId)));
    await openProject(database, agencyId, { domain: projectDomain });
    const answers = await Promise.all(clients.map((client) => assign(client, { projectDomain })));
    expect(answers.filter(({ outcome }) => outcome === 'assigned')).toHaveLength(1);
  });

  test('yields to a project that the client has already', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    await openProject(database, agencyId, { domain: projectDomain });
    const own = await openProject(database, agencyId, { clientId: client.clientId });
    expect(await assign(client, { projectDomain })).toEqual({ outcome: 'assigned', projectId: own });
  });
});

describe('an archived client', () => {
  test('is given no project', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);
    await releaseAllowance(database.worker, { ...client, actor: tester }, firstRun());

    expect(await assign(client, { projectId })).toMatchObject({ outcome: 'waiting', blocker: { code: 'CLIENT_ARCHIVED' } });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });

  test('keeps no project that is assigned while it is being archived', async () => {
    for (let round = 0; round < 10; round++) {
      const agencyId = await openAgency(database);
      const client = await activeClient(database, agencyId);
      const projectId = await openProject(database, agencyId);
      await Promise.all([assign(client, { projectId }), releaseAllowance(database.worker, { ...client, actor: tester }, firstRun())]);
      expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
    }
  });
});
