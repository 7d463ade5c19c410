import { WorkflowUpdateFailedError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { ProjectId } from '../../domain/ids.ts';
import { assignProjectUpdate, recheckSignal } from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { command } from '../harness/command.ts';
import { historyOf } from '../harness/history.ts';
import { newProjectId } from '../harness/ids.ts';
import { entered, type Onboarding, startUntil } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { hintsOnly, timersOnly } from '../harness/waits.ts';
import { events, onboardingRow, projectRow, stepRow } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

const offer = ({ workflow }: Onboarding, projectId: ProjectId) => workflow.executeUpdate(assignProjectUpdate, { args: [{ projectId, actor: tester }] });
const rejected = expect.objectContaining({
  name: WorkflowUpdateFailedError.name,
  cause: expect.objectContaining({ message: 'the onboarding does not wait for a project' }),
});

describe.concurrent('with no project yet', () => {
  test('the onboarding waits for one, and says so', async () => {
    const agencyId = await openAgency(database);
    const { onboardingId } = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({
      state: 'waiting_for_project',
      blockers: [{ code: 'NO_PROJECT_YET', reason: null }],
    });
    expect(await stepRow(database, agencyId, onboardingId, 'assign_project')).toMatchObject({ state: 'waiting', detail: 'NO_PROJECT_YET' });
  });

  test('it takes the project it is given, and goes on with it to the end', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    const projectId = await openProject(database, agencyId);
    await makeReady(database, { agencyId, projectId });

    expect(await offer(onboarding, projectId)).toEqual({ outcome: 'assigned' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share', projectId });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: onboarding.clientId });
  });

  test('it takes a project that another client has, when it is given it', async () => {
    const agencyId = await openAgency(database);
    const other = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId, { clientId: other.clientId });
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));

    expect(await offer(onboarding, projectId)).toEqual({ outcome: 'assigned' });
    await entered(onboarding, 'waiting_for_status');
    const moves = await events(database, agencyId, 'project.moved');
    expect(moves).toMatchObject([{ actor: tester, before: { clientId: other.clientId }, after: { clientId: onboarding.clientId } }]);
  });

  test('the onboarding that it takes the project from is told, and waits for another', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const holder = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    const taker = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));

    await offer(taker, projectId);
    await Promise.all([entered(holder, 'waiting_for_project'), entered(taker, 'waiting_for_status')]);
  });

  test('it goes on by its timer alone when a project was assigned and nobody told it', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: timersOnly }));
    await openProject(database, agencyId, { clientId: onboarding.clientId });
    await entered(onboarding, 'waiting_for_status');
  });

  test('another agency’s project is refused like one that never was, and the wait goes on', async () => {
    const [agencyId, otherAgencyId] = [await openAgency(database), await openAgency(database)];
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    const foreignProjectId = await openProject(database, otherAgencyId);

    const refused = { outcome: 'refused', code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' };
    expect([await offer(onboarding, foreignProjectId), await offer(onboarding, newProjectId())]).toEqual([refused, refused]);
    await entered(onboarding, 'waiting_for_project');
    expect(await projectRow(database, otherAgencyId, foreignProjectId)).toMatchObject({ client_id: null });
  });

  test('of two offers at once, each that is taken is carried out, and the onboarding goes on once', async () => {
    const agencyId = await openAgency(database);
    const projects = [await openProject(database, agencyId), await openProject(database, agencyId)];
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));

    const answers = await Promise.allSettled(projects.map((projectId) => offer(onboarding, projectId)));
    await entered(onboarding, 'waiting_for_status');
    const assigned = (await Promise.all(projects.map((projectId) => projectRow(database, agencyId, projectId)))).filter(({ client_id }) => client_id !== null);
    expect(assigned).toHaveLength(answers.filter(({ status }) => status === 'fulfilled').length);
    expect(await stepRow(database, agencyId, onboarding.onboardingId, 'assign_project')).toMatchObject({ state: 'done' });
  });
});

describe.concurrent('a project is rejected by an onboarding that', () => {
  test('waits for a client slot, and leaves no trace in its history', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await startUntil(stage, 'waiting_for_allowance', onboardingInput(agencyId, { onLimit: 'wait', waiting: hintsOnly }));
    const projectId = await openProject(database, agencyId);

    await expect(offer(onboarding, projectId)).rejects.toEqual(rejected);
    expect((await historyOf(onboarding.workflow)).some((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toBe(false);
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });

  test('has one and waits for its status', async () => {
    const agencyId = await openAgency(database);
    const [first, second] = [await openProject(database, agencyId), await openProject(database, agencyId)];
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId: first, waiting: hintsOnly }));

    await expect(offer(onboarding, second)).rejects.toEqual(rejected);
    expect(await projectRow(database, agencyId, second)).toMatchObject({ client_id: null });
  });
});

describe.concurrent('the project that was asked for', () => {
  test('is waited for when another client has got it meanwhile, and taken once it is free', async () => {
    const agencyId = await openAgency(database, { clientLimit: 1 });
    const other = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_allowance', onboardingInput(agencyId, { projectId, onLimit: 'wait', waiting: hintsOnly }));
    await command(stage, 'assignProject', { agencyId, projectId, clientId: other.clientId, actor: tester });

    await changePlan(database, agencyId, { clientLimit: 2 });
    await onboarding.workflow.signal(recheckSignal, { because: 'the plan grew' });
    await entered(onboarding, 'waiting_for_project');
    expect(await onboardingRow(database, agencyId, onboarding.onboardingId)).toMatchObject({ blockers: [{ code: 'PROJECT_ALREADY_ASSIGNED' }] });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: other.clientId });

    await command(stage, 'assignProject', { agencyId, projectId, clientId: null, actor: tester });
    await onboarding.workflow.signal(recheckSignal, { because: 'the project is free' });
    await entered(onboarding, 'waiting_for_status');
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: onboarding.clientId });
  });
});
