import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cancelUpdate, recheckSignal, retryUndoSignal } from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { obstructUndo } from '../harness/failing-undo.ts';
import { holdLock } from '../harness/held-lock.ts';
import { historyOf } from '../harness/history.ts';
import { entered, type Onboarding, start, startUntil, statusPage } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { clientRow, events, onboardingRow, slots, stepRow, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database, temporal } = stage;

/** Sends the workflow back to its very first task, as operations do in the Temporal UI; everything after it runs again. */
async function reset({ workflow, workflowId, onboardingId }: Onboarding): Promise<void> {
  const { runId } = await workflow.describe();
  const firstTask = (await historyOf(workflow)).find((event) => event.workflowTaskCompletedEventAttributes);
  await temporal.workflowService.resetWorkflowExecution({
    namespace: temporal.options.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: firstTask?.eventId ?? null,
    requestId: randomUUID(),
    reason: `test of ${onboardingId}`,
  });
}

/** Everything the onboarding has left in the database, but for how often its steps were tried. */
async function standing({ agencyId, onboardingId, clientId, input }: Onboarding) {
  return {
    onboarding: await onboardingRow(database, agencyId, onboardingId),
    steps: await stepStates(database, agencyId, onboardingId),
    client: await clientRow(database, agencyId, clientId),
    project: input.projectId,
    slots: await slots(database, agencyId),
    events: (await events(database, agencyId)).map(({ kind }) => kind),
  };
}

async function startReady(): Promise<Onboarding> {
  const agencyId = await openAgency(database);
  const projectId = await openProject(database, agencyId);
  await makeReady(database, { agencyId, projectId });
  return start(stage, onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
}

/** Until the new run has gone through its steps again. */
async function again({ agencyId, onboardingId }: Onboarding, step: 'check_allowance' | 'verify_status', attempts: number): Promise<void> {
  await until(`${step} has run again`, async () => (await stepRow(database, agencyId, onboardingId, step)).attempts > attempts);
}

describe.concurrent('reset to its beginning, an onboarding', () => {
  test('that was ready is ready again, and nothing has happened twice', async () => {
    const onboarding = await startReady();
    const result = await onboarding.workflow.result();
    const before = await standing(onboarding);
    await reset(onboarding);

    expect(await onboarding.workflow.result()).toEqual(result);
    expect(await standing(onboarding)).toEqual(before);
  });

  test('that was refused is refused again, although there is a slot now', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await start(stage, onboardingInput(agencyId, { waiting: hintsOnly }));
    await onboarding.workflow.result();
    const before = await standing(onboarding);
    const page = await statusPage(onboarding.workflow);
    await changePlan(database, agencyId, { clientLimit: 5 });
    await reset(onboarding);

    expect(await onboarding.workflow.result()).toMatchObject({ state: 'refused' });
    expect(await standing(onboarding)).toEqual(before);
    expect(await statusPage(onboarding.workflow)).toBe(page);
  });

  test('that was cancelled stays cancelled', async () => {
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(await openAgency(database), { waiting: hintsOnly }));
    await onboarding.workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] });
    await onboarding.workflow.result();
    const before = await standing(onboarding);
    await reset(onboarding);

    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await standing(onboarding)).toEqual(before);
  });

  test('that waits for a slot waits on, and takes one slot when it comes', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await startUntil(stage, 'waiting_for_allowance', onboardingInput(agencyId, { onLimit: 'wait', waiting: hintsOnly }));
    const before = await standing(onboarding);
    await reset(onboarding);
    await again(onboarding, 'check_allowance', 1);
    expect(await standing(onboarding)).toEqual(before);

    await changePlan(database, agencyId, { clientLimit: 2 });
    await onboarding.workflow.signal(recheckSignal, { because: 'the plan grew' });
    await entered(onboarding, 'waiting_for_project');
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });

  test('that waits for a project keeps its slot, its client, and since when it waits', async () => {
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(await openAgency(database), { waiting: hintsOnly }));
    const before = await standing(onboarding);
    await reset(onboarding);
    await until('it waits again', async () => (await stepRow(database, onboarding.agencyId, onboarding.onboardingId, 'assign_project')).attempts > 1);
    expect(await standing(onboarding)).toEqual(before);
  });

  test('that waits for status keeps its project, and since when it waits', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    const before = await standing(onboarding);
    await reset(onboarding);
    await again(onboarding, 'verify_status', 1);
    expect(await standing(onboarding)).toEqual(before);
  });

  test('and cancelled before it comes to where it was undoes every step it had done', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    await using lock = await holdLock(database, 'select from onboardings where id = $1 for update', [onboarding.onboardingId]);
    await reset(onboarding);
    await lock.wanted();
    await onboarding.workflow.cancel();
    await lock.release();

    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['undone', 'undone', 'undone', 'skipped']);
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  });

  test('that was terminated goes on where it was, and can be cancelled', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    await onboarding.workflow.terminate('by mistake');
    const before = await standing(onboarding);
    await reset(onboarding);
    await again(onboarding, 'verify_status', 1);
    expect(await standing(onboarding)).toEqual(before);

    expect(await onboarding.workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] })).toBe('cancelled');
    expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['undone', 'undone', 'undone', 'skipped']);
  });

  test('that needs attention goes on undoing, and ends once the cause is cleared', async () => {
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(await openAgency(database), { waiting: hintsOnly }));
    const obstacle = await obstructUndo(database, onboarding.clientId);
    await onboarding.workflow.cancel();
    await entered(onboarding, 'needs_attention');
    const longAgo = new Date('2026-02-03T04:05:06Z');
    await database.admin.updateTable('onboardings').set({ state_since: longAgo }).where('id', '=', onboarding.onboardingId).execute();
    await reset(onboarding);
    await until('its page says since when', async () =>
      (await statusPage(onboarding.workflow)).startsWith('**Needs attention: an undo failed** since 2026-02-03 04:05 UTC\n'),
    );
    await obstacle.clear();
    await onboarding.workflow.signal(retryUndoSignal);
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await slots(database, onboarding.agencyId)).toEqual({ used: 0, active: 0 });
  });
});
