import { describe, expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { deliverReport } from '../../activities/deliver-report.ts';
import { moveProject } from '../../activities/move-project.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newClientId, newProjectId } from '../harness/ids.ts';
import { createAccountInput, firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { gates, openProject, reportInput, share } from '../harness/project.ts';
import { events, onboardingRow, projectRow, sharingRow } from '../harness/written.ts';

const database = await testDatabase();

const move = (agencyId: AgencyId, projectId: ProjectId, clientId: ClientId | null) =>
  moveProject(database.worker, { agencyId, projectId, clientId, actor: tester });

describe('moves a project', () => {
  test('from one client to another, and says so', async () => {
    const agencyId = await openAgency(database);
    const [from, to] = [await activeClient(database, agencyId), await activeClient(database, agencyId)];
    const projectId = await openProject(database, agencyId, { clientId: from.clientId });

    expect(await move(agencyId, projectId, to.clientId)).toMatchObject({ outcome: 'moved' });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: to.clientId });
    expect(await events(database, agencyId, 'project.moved')).toMatchObject([
      { client_id: to.clientId, project_id: projectId, before: { clientId: from.clientId }, after: { clientId: to.clientId } },
    ]);
  });

  test('to nobody', async () => {
    const agencyId = await openAgency(database);
    const { clientId } = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId, { clientId });
    expect(await move(agencyId, projectId, null)).toMatchObject({ outcome: 'moved' });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
    expect(await events(database, agencyId, 'project.unassigned')).toMatchObject([{ client_id: clientId, project_id: projectId }]);
  });

  test('once, however often it is told', async () => {
    const agencyId = await openAgency(database);
    const { clientId } = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => move(agencyId, projectId, clientId)));
    expect(answers.filter(({ outcome }) => outcome === 'moved')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(9);
    expect(await events(database, agencyId, 'project.assigned')).toHaveLength(1);
  });

  test('and names the unfinished onboardings of both clients, and no others', async () => {
    const agencyId = await openAgency(database);
    const [from, to] = [await activeClient(database, agencyId), await activeClient(database, agencyId)];
    await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId, { clientId: from.clientId });
    const workflowIds = [from, to].map(({ input }) => createAccountInput(input).workflowId);
    expect(await move(agencyId, projectId, to.clientId)).toEqual({ outcome: 'moved', waitingWorkflowIds: workflowIds });
  });

  test('for an onboarding, which then knows that it assigned it', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);
    await moveProject(database.worker, { ...client, projectId, actor: tester });
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ project_assigned: true });
  });
});

describe('refuses', () => {
  test("another agency's project and one that is not there, with the same answer", async () => {
    const [agencyId, stranger] = [await openAgency(database), await openAgency(database)];
    const { clientId } = await activeClient(database, agencyId);
    const theirs = await openProject(database, stranger);
    for (const projectId of [theirs, newProjectId()]) {
      expect(await move(agencyId, projectId, clientId)).toEqual({ outcome: 'refused', code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' });
    }
  });

  test("another agency's client, one that is not there and one that is pending, with the same answer", async () => {
    const [agencyId, stranger] = [await openAgency(database), await openAgency(database)];
    const projectId = await openProject(database, agencyId);
    const theirs = await activeClient(database, stranger);
    const pending = await pendingClient(database, onboardingInput(agencyId));
    for (const clientId of [theirs.clientId, newClientId(), pending.clientId]) {
      expect(await move(agencyId, projectId, clientId)).toEqual({ outcome: 'refused', code: 'NOT_FOUND' });
    }
  });

  test('an archived client', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);
    await releaseAllowance(database.worker, { ...client, actor: tester }, firstRun());
    expect(await move(agencyId, projectId, client.clientId)).toEqual({ outcome: 'refused', code: 'CLIENT_ARCHIVED' });
  });
});

describe('sharing', () => {
  const shared = async () => {
    const agencyId = await openAgency(database);
    const { clientId } = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId, { clientId });
    await share(database, { agencyId, projectId }, clientId);
    return { agencyId, clientId, projectId };
  };
  const ended = { state: 'disabled', token_hash: null };

  test.each(['to another client', 'to nobody'])('ends, and its token is retired, when the project moves %s', async (where) => {
    const { agencyId, clientId, projectId } = await shared();
    const other = where === 'to nobody' ? null : (await activeClient(database, agencyId)).clientId;
    await move(agencyId, projectId, other);
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject(ended);
    expect(await events(database, agencyId, 'sharing.ended')).toMatchObject([{ project_id: projectId, client_id: clientId }]);
  });

  test('and the move are one transaction: no moment shows the project moved and still shared', async () => {
    const { agencyId, projectId } = await shared();
    const { clientId } = await activeClient(database, agencyId);
    const moved = move(agencyId, projectId, clientId);
    let done = false;
    moved.finally(() => {
      done = true;
    });
    while (!done) {
      const { client_id, state } = await database.admin
        .selectFrom('projects')
        .innerJoin('sharings', 'sharings.project_id', 'projects.id')
        .select(['projects.client_id', 'sharings.state'])
        .where('projects.id', '=', projectId)
        .executeTakeFirstOrThrow();
      expect({ moved: client_id === clientId, shared: state === 'shared' }).not.toEqual({ moved: true, shared: true });
    }
    await moved;
  });

  test('ends when the client is archived', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId, { clientId: client.clientId });
    await share(database, { agencyId, projectId }, client.clientId);
    await releaseAllowance(database.worker, { ...client, actor: tester }, firstRun());
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject(ended);
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });

  test('goes on when the project is told to stay', async () => {
    const { agencyId, clientId, projectId } = await shared();
    expect(await move(agencyId, projectId, clientId)).toEqual({ outcome: 'unchanged' });
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ state: 'shared' });
  });

  test('ends with a blocked report', async () => {
    const { agencyId, clientId, projectId } = await shared();
    await deliverReport(database.worker, reportInput({ agencyId, projectId }, { gates: gates({ legalBoundary: 'blocked' }) }));
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject(ended);
    expect(await events(database, agencyId, 'sharing.ended')).toMatchObject([
      { project_id: projectId, client_id: clientId, after: { because: 'report.blocked' } },
    ]);
  });

  test.each([
    ['a clean one', {}],
    ['one that lacks evidence', { evidence: 'missing' as const }],
  ])('goes on with a report that is not blocked: %s', async (_, others) => {
    const { agencyId, projectId } = await shared();
    await deliverReport(database.worker, reportInput({ agencyId, projectId }, { gates: gates(others) }));
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ state: 'shared' });
  });
});

describe('races', () => {
  test('a project pulled to ten clients at once ends under one, with one history', async () => {
    const agencyId = await openAgency(database);
    const clients = await Promise.all(Array.from({ length: 10 }, () => activeClient(database, agencyId)));
    const projectId = await openProject(database, agencyId);
    await Promise.all(clients.map(({ clientId }) => move(agencyId, projectId, clientId)));

    const { client_id } = await projectRow(database, agencyId, projectId);
    const history = await events(database, agencyId, 'project.assigned', 'project.moved');
    expect(history).toHaveLength(10);
    history.reduce((from, { before, after }) => {
      expect(before?.clientId).toBe(from);
      return after?.clientId;
    }, null as unknown);
    expect(history.at(-1)?.after?.clientId).toBe(client_id);
  });

  test('a person and the onboarding itself assigning the same project at once neither fail nor assign it twice', async () => {
    for (let round = 0; round < 10; round++) {
      const agencyId = await openAgency(database);
      const client = await activeClient(database, agencyId);
      const projectId = await openProject(database, agencyId, { domain: 'shop.example' });
      await Promise.all([
        moveProject(database.worker, { ...client, projectId, actor: tester }),
        assignProject(database.worker, { ...client, actor: tester, projectId: null, projectDomain: 'shop.example' }, firstRun()),
        assignProject(database.worker, { ...client, actor: tester, projectId, projectDomain: null }, firstRun()),
        move(agencyId, projectId, client.clientId),
      ]);
      expect(await events(database, agencyId, 'project.assigned')).toHaveLength(1);
      expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: client.clientId });
    }
  });

  test('no project stays under a client that is archived while projects move to it', async () => {
    for (let round = 0; round < 10; round++) {
      const agencyId = await openAgency(database);
      const client = await activeClient(database, agencyId);
      const projects = await Promise.all(Array.from({ length: 4 }, () => openProject(database, agencyId)));
      await Promise.all([
        ...projects.map((projectId) => move(agencyId, projectId, client.clientId)),
        releaseAllowance(database.worker, { ...client, actor: tester }, firstRun()),
      ]);
      for (const projectId of projects) expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
    }
  });
});
