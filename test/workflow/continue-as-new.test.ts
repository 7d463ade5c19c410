import { randomUUID } from 'node:crypto';
import { WorkflowUpdateStage } from '@temporalio/client';
import { afterAll, describe, expect, test } from 'vitest';
import { startTemporal } from '../../dev/temporal.ts';
import type { Actor } from '../../domain/actor.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { OnboardingState } from '../../domain/onboarding.ts';
import {
  assignProjectUpdate,
  cancelUpdate,
  type OnboardClientInput,
  recheckSignal,
  searchAttributes,
  shareReportWorkflowId,
  shareWhenReadyUpdate,
} from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { holdLock } from '../harness/held-lock.ts';
import { historyOf, startedWith } from '../harness/history.ts';
import { importedRows, importRow, startImport } from '../harness/import.ts';
import { inTime, twiceMs } from '../harness/in-time.ts';
import { entered, type Onboarding, startUntil, statusPage } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { events, onboardingRow, projectRow, slots, stepStates } from '../harness/written.ts';

/** A server that finds a history long that others find short: an onboarding has some twenty events when it first waits. */
const longHistory = 45;
const eventsOfALook = 10;
const server = await startTemporal({
  searchAttributes: Object.values(searchAttributes),
  dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': longHistory },
});
afterAll(server.stop);
const stage = await openStage(server);
const { database } = stage;

const years = 100 * 365 * 24 * 3_600_000;
const fern = { client: { name: 'Fern & Co' }, waiting: { ...hintsOnly, stallAfterMs: years } };

async function onboardingOfProject(agencyId: AgencyId): Promise<OnboardClientInput> {
  return onboardingInput(agencyId, { ...fern, projectId: await openProject(database, agencyId) });
}

const recheck = ({ workflow }: Onboarding) => workflow.signal(recheckSignal, { because: 'nothing, really' });
const runOf = async ({ workflow }: Onboarding) => (await workflow.describe()).runId;

/**
 * Tells it to look again, and waits until it rests behind that look: its history is longer then, or left behind. A hint that comes in the moment in which it would
 * leave its history behind keeps it there, so on a slow machine one that is told again too early would stay for ever.
 */
async function looksAgain(onboarding: Onboarding): Promise<void> {
  const before = await onboarding.workflow.describe();
  await recheck(onboarding);
  await until('it has looked again', async () => {
    const { runId, historyLength, raw } = await onboarding.workflow.describe();
    const rests = !raw.pendingWorkflowTask && !raw.pendingActivities?.length;
    return runId !== before.runId || (rests && historyLength >= before.historyLength + eventsOfALook);
  });
}

async function continuesAsNew(onboarding: Onboarding): Promise<void> {
  const run = await runOf(onboarding);
  while ((await runOf(onboarding)) === run) await looksAgain(onboarding);
  await until('the new run waits as well', async () => (await historyOf(onboarding.workflow)).some((event) => event.timerStartedEventAttributes));
}

describe.concurrent('an onboarding that waits so long that it continues as new', () => {
  test('waits on for a slot, and takes one', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await startUntil(stage, 'waiting_for_allowance', onboardingInput(agencyId, { onLimit: 'wait', waiting: hintsOnly }));
    const { state_since } = await onboardingRow(database, agencyId, onboarding.onboardingId);
    await continuesAsNew(onboarding);
    expect(await onboardingRow(database, agencyId, onboarding.onboardingId)).toMatchObject({ state: 'waiting_for_allowance', state_since });
    expect(await events(database, agencyId, 'onboarding.waiting')).toHaveLength(1);

    await changePlan(database, agencyId, { clientLimit: 3 });
    await recheck(onboarding);
    await entered(onboarding, 'waiting_for_project');
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });

  test.each<[OnboardingState, () => Promise<OnboardClientInput>]>([
    ['waiting_for_allowance', async () => onboardingInput(await openAgency(database, { clientLimit: 0 }), { onLimit: 'wait', ...fern })],
    ['waiting_for_project', async () => onboardingInput(await openAgency(database), fern)],
    ['stalled', async () => onboardingInput(await openAgency(database), { ...fern, waiting: { ...hintsOnly, stallAfterMs: 1 } })],
    ['waiting_for_status', async () => onboardingOfProject(await openAgency(database))],
  ])('and is %s still tells operations whom it is for, and since when it really is', async (state, input) => {
    const onboarding = await startUntil(stage, state, await input());
    const { workflow, onboardingId, clientId } = onboarding;
    await database.admin
      .updateTable('onboardings')
      .set({ state_since: new Date('2026-02-03T04:05:06Z') })
      .where('id', '=', onboardingId)
      .execute();
    await continuesAsNew(onboarding);
    const page = await statusPage(workflow);
    expect(page).toMatch(/^\*\*.*\*\* since 2026-02-03 04:05 UTC\n/);
    expect(page).toContain(`- Client account: Fern & Co (\`${clientId}\`)`);
  });

  test('counts its reminders on, from the day on which it began to wait', { timeout: twiceMs }, async () => {
    const alarms = await inTime(async (pace) => {
      const agencyId = await openAgency(database);
      const secondMs = 3_000 * pace;
      const waiting = { ...hintsOnly, remindAfterMs: [1, secondMs], stallAfterMs: secondMs + 500 };
      const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting }));
      await until('it has reminded', async () => (await events(database, agencyId, 'onboarding.reminder')).length > 0);
      await continuesAsNew(onboarding);
      await entered(onboarding, 'stalled');
      const alarms = await events(database, agencyId, 'onboarding.reminder', 'onboarding.stalled');
      const [first] = alarms;
      return first && first.at.getTime() < Date.parse(String(first.after?.['since'])) + secondMs ? alarms : undefined;
    });
    expect(alarms.map(({ after }) => after?.['reminder'] ?? 'stalled')).toEqual([1, 2, 'stalled']);
    expect(new Set(alarms.map(({ after }) => after?.['since'])).size).toBe(1);
  });

  test('stays stalled, and still takes a project', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'stalled', onboardingInput(agencyId, { waiting: { ...hintsOnly, stallAfterMs: 1 } }));
    await continuesAsNew(onboarding);
    const projectId = await openProject(database, agencyId);
    expect(await onboarding.workflow.executeUpdate(assignProjectUpdate, { args: [{ projectId, actor: tester }] })).toEqual({ outcome: 'assigned' });
    await entered(onboarding, 'waiting_for_status');
    expect(await events(database, agencyId, 'onboarding.stalled')).toHaveLength(1);
  });

  test('waits on for its status, and ends ready', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    const { state_since } = await onboardingRow(database, agencyId, onboarding.onboardingId);
    await continuesAsNew(onboarding);
    expect(await onboardingRow(database, agencyId, onboarding.onboardingId)).toMatchObject({ state: 'waiting_for_status', state_since });
    expect(await events(database, agencyId, 'onboarding.waiting')).toHaveLength(1);

    await makeReady(database, { agencyId, projectId });
    await recheck(onboarding);
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share', projectId });
    expect(await events(database, agencyId, 'project.assigned')).toHaveLength(1);
  });

  test('shares its report in the name of whoever chose that before', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    const chooser: Actor = { kind: 'user', id: randomUUID(), label: 'Wanda' };
    await onboarding.workflow.executeUpdate(shareWhenReadyUpdate, { args: [{ wanted: true, actor: chooser }] });
    await continuesAsNew(onboarding);

    await makeReady(database, { agencyId, projectId });
    await recheck(onboarding);
    await onboarding.workflow.result();
    const sharing = stage.temporal.workflow.getHandle(shareReportWorkflowId(agencyId, projectId));
    expect(startedWith(await historyOf(sharing))).toMatchObject([{ begin: { actor: chooser } }]);
    await sharing.terminate();
  });

  test('undoes all that its earlier runs did when it is cancelled', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    await continuesAsNew(onboarding);

    expect(await onboarding.workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] })).toBe('cancelled');
    expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['undone', 'undone', 'undone', 'skipped']);
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });

  test('answers the update it has taken first, and a cancel that comes meanwhile', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    const { workflow, onboardingId } = onboarding;
    const projectId = await openProject(database, agencyId);
    while ((await workflow.describe()).historyLength < longHistory - 1.5 * eventsOfALook) await looksAgain(onboarding);
    const run = await runOf(onboarding);

    // One more look, which would be its last; behind it the update, which is held.
    await using look = await holdLock(database, 'select from onboardings where id = $1 for no key update', [onboardingId]);
    await using update = await holdLock(database, 'select from projects where id = $1 for no key update', [projectId]);
    await recheck(onboarding);
    await look.wanted();
    const assigned = await workflow.startUpdate(assignProjectUpdate, { args: [{ projectId, actor: tester }], waitForStage: WorkflowUpdateStage.ACCEPTED });
    // Who waits for a lock gets it in turn; who comes as it is let go of may get it first, and the look would then wait for the update.
    await look.wanted(2);
    await look.release();
    await update.wanted();
    await until('nothing but the update is under way', async () => {
      const { raw } = await workflow.describe();
      return raw.pendingActivities?.length === 1 && !raw.pendingWorkflowTask;
    });
    const cancelled = await workflow.startUpdate(cancelUpdate, { args: [{ actor: tester }], waitForStage: WorkflowUpdateStage.ACCEPTED });
    await update.release();

    expect(await assigned.result()).toEqual({ outcome: 'assigned' });
    expect(await cancelled.result()).toBe('cancelled');
    expect(await workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await runOf(onboarding)).toBe(run);
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });
});

test('an import whose history grows long continues as new, and makes each client once', async () => {
  const agencyId = await openAgency(database, { clientLimit: 20 });
  const rows = Array.from({ length: 8 }, (_, index) => importRow({ name: `Client ${index}` }));
  const { workflow, workflowId, importId } = await startImport(stage, agencyId, rows, { atOnce: 1 });
  const first = (await workflow.describe()).runId;
  expect(await stage.temporal.workflow.getHandle(workflowId).result()).toEqual({ state: 'done' });
  expect((await workflow.describe()).runId).not.toBe(first);
  expect((await importedRows(database, importId)).map(({ outcome }) => outcome)).toEqual(rows.map(() => 'created'));
  expect(await events(database, agencyId, 'client.created')).toHaveLength(8);
  expect(await events(database, agencyId, 'import.started', 'import.finished')).toHaveLength(2);
});

test('a cancelled import that is held open continues as new as well, and is still cancelled by whoever did', async () => {
  const agencyId = await openAgency(database);
  await using plan = await holdLock(database, 'select from plans where agency_id = $1 for update', [agencyId]);
  const { workflow, workflowId, importId } = await startImport(stage, agencyId, [importRow({ name: 'Acme' }), importRow({ name: 'Birch' })], { atOnce: 1 });
  await plan.wanted();
  const first = (await workflow.describe()).runId;
  await stage.gateway.cancelImport(workflowId, tester);
  await until('it has continued as new', async () => (await workflow.describe()).runId !== first);
  await plan.release();
  expect(await workflow.result()).toEqual({ state: 'cancelled' });
  expect((await importedRows(database, importId)).map(({ outcome }) => outcome)).toEqual(['created', 'cancelled']);
  expect(await events(database, agencyId, 'import.cancelled')).toMatchObject([{ actor: tester }]);
});
