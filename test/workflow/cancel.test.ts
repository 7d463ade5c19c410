import { WorkflowNotFoundError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import type { OnboardingState, StepState } from '../../domain/onboarding.ts';
import { cancelUpdate } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { activitiesIn, historyOf } from '../harness/history.ts';
import { type Onboarding, start, startUntil } from '../harness/onboarding.ts';
import { crmOnboardingInput, onboardingInput } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage, openStageWithoutWorker, startStageWorker } from '../harness/stage.ts';
import { hintsOnly } from '../harness/waits.ts';
import { clientRow, events, onboardingRow, projectRow, slots, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

const canceller: Actor = { kind: 'user', id: 'person-1', label: 'Pat' };
const cancel = ({ workflow }: Onboarding) => workflow.executeUpdate(cancelUpdate, { args: [{ actor: canceller }] });

type Waiting = Extract<OnboardingState, 'waiting_for_allowance' | 'waiting_for_project' | 'stalled' | 'waiting_for_status'>;

async function startWaiting(state: Waiting): Promise<Onboarding> {
  const agencyId = await openAgency(database, state === 'waiting_for_allowance' ? { clientLimit: 0 } : {});
  const projectId = state === 'waiting_for_status' ? await openProject(database, agencyId) : null;
  const waiting = state === 'stalled' ? { ...hintsOnly, stallAfterMs: 1 } : hintsOnly;
  return startUntil(stage, state, onboardingInput(agencyId, { onLimit: 'wait', projectId, waiting }));
}

/** How a cancelled onboarding leaves its client and its steps, by the state it was cancelled in. */
const outcomes: { state: Waiting; client: 'erased' | 'archived'; steps: StepState[] }[] = [
  { state: 'waiting_for_allowance', client: 'erased', steps: ['undone', 'skipped', 'skipped', 'skipped'] },
  { state: 'waiting_for_project', client: 'archived', steps: ['undone', 'undone', 'skipped', 'skipped'] },
  { state: 'stalled', client: 'archived', steps: ['undone', 'undone', 'skipped', 'skipped'] },
  { state: 'waiting_for_status', client: 'archived', steps: ['undone', 'undone', 'undone', 'skipped'] },
];

async function expectUndone({ agencyId, onboardingId, clientId, input }: Onboarding, client: 'erased' | 'archived', steps: StepState[]): Promise<void> {
  expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ state: 'cancelled', blockers: [] });
  expect(await stepStates(database, agencyId, onboardingId)).toEqual(steps);
  const row = await clientRow(database, agencyId, clientId);
  expect(row?.state ?? 'erased').toBe(client);
  expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  if (input.projectId) expect(await projectRow(database, agencyId, input.projectId)).toMatchObject({ client_id: null });
  expect(await events(database, agencyId, 'onboarding.cancelled')).toHaveLength(1);
}

describe.concurrent.each(outcomes)('cancelled while $state', ({ state, client, steps }) => {
  test(`by its update it answers cancelled, its client is ${client}, and the canceller is on record`, async () => {
    const onboarding = await startWaiting(state);
    expect(await cancel(onboarding)).toBe('cancelled');

    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
    await expectUndone(onboarding, client, steps);
    const gone = client === 'erased' ? 'client.removed' : 'client.archived';
    expect(await events(database, onboarding.agencyId, gone, 'onboarding.cancelled')).toMatchObject([{ kind: gone, actor: canceller }, { actor: canceller }]);
  });

  test('by Temporal itself, from its UI or command line, it undoes just the same', async () => {
    const onboarding = await startWaiting(state);
    await onboarding.workflow.cancel();

    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
    await expectUndone(onboarding, client, steps);
    expect(await events(database, onboarding.agencyId, 'onboarding.cancelled')).toMatchObject([{ actor: { kind: 'system', label: 'Temporal' } }]);
  });
});

describe.concurrent('cancelling', () => {
  test('undoes in reverse order', async () => {
    const onboarding = await startWaiting('waiting_for_status');
    await cancel(onboarding);
    const activities = activitiesIn(await historyOf(onboarding.workflow));
    expect(activities.slice(activities.indexOf('verifyStatus') + 1)).toEqual(['releaseProject', 'releaseAllowance', 'removeAccount', 'endOnboarding']);
  });

  test('before any worker has come to it leaves no client', async () => {
    const unattended = await openStageWithoutWorker(database);
    const onboarding = await start(unattended, onboardingInput(await openAgency(database)));
    await onboarding.workflow.cancel();
    await using _worker = await startStageWorker(unattended);

    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
    await expectUndone(onboarding, 'erased', ['undone', 'skipped', 'skipped', 'skipped']);
  });

  test('twice at once answers both, and undoes once', async () => {
    const onboarding = await startWaiting('waiting_for_status');
    expect(await Promise.all([cancel(onboarding), cancel(onboarding)])).toEqual(['cancelled', 'cancelled']);
    await onboarding.workflow.result();
    await expectUndone(onboarding, 'archived', ['undone', 'undone', 'undone', 'skipped']);
    expect(await events(database, onboarding.agencyId, 'client.archived')).toHaveLength(1);
  });

  test('once more after the end is told that it has ended', async () => {
    const onboarding = await startWaiting('waiting_for_project');
    await cancel(onboarding);
    await onboarding.workflow.result();
    await expect(cancel(onboarding)).rejects.toThrow(WorkflowNotFoundError);
  });

  test('an onboarding that is ready to share changes nothing', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    await makeReady(database, { agencyId, projectId });
    const onboarding = await start(stage, onboardingInput(agencyId, { projectId }));
    await onboarding.workflow.result();

    await expect(cancel(onboarding)).rejects.toThrow(WorkflowNotFoundError);
    expect(await stage.gateway.cancelOnboarding(onboarding.workflowId, canceller)).toBeUndefined();
    expect(await onboardingRow(database, agencyId, onboarding.onboardingId)).toMatchObject({ state: 'ready_to_share' });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: onboarding.clientId });
  });

  test('a deal of a client that was there before leaves that client as it was', async () => {
    const agencyId = await openAgency(database);
    const first = await startUntil(stage, 'waiting_for_project', crmOnboardingInput(agencyId, { waiting: hintsOnly }));
    const second = await startUntil(stage, 'waiting_for_project', crmOnboardingInput(agencyId, { client: first.input.client, waiting: hintsOnly }));

    expect(await cancel(second)).toBe('cancelled');
    expect(await clientRow(database, agencyId, first.clientId)).toMatchObject({ state: 'active' });
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });
});
