import { describe, expect, test } from 'vitest';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { openDatabase, type TestDatabase, testDatabase } from '../harness/database.ts';
import { holdLock } from '../harness/held-lock.ts';
import { historyOf } from '../harness/history.ts';
import { type Offboarding, offboardingInput, offboardingRow, patient, startOffboarding } from '../harness/offboarding.ts';
import { type Onboarding, start } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { newSetting, startApiProcess, startWorkerProcess } from '../harness/processes.ts';
import { makeReady, openProject, share } from '../harness/project.ts';
import { openStageWithoutWorker } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { clientRow, eventCounts, projectRow, sharingRow, slots, stepStates } from '../harness/written.ts';
import { openLine } from './line.ts';
import { onboard, onboarded, openAgencyAt, readOnboarding } from './requests.ts';

const database = await testDatabase();

/** A queue of its own for a test, and workers for it as processes. */
async function openQueue() {
  const stage = await openStageWithoutWorker(database);
  return { stage, setting: { ...newSetting(database.urls), taskQueue: stage.taskQueue } };
}

async function readyInput() {
  const agencyId = await openAgency(database);
  const projectId = await openProject(database, agencyId);
  await makeReady(database, { agencyId, projectId });
  return { ...onboardingInput(agencyId, { waiting: hintsOnly }), projectId };
}

/** The attempts that its steps took, in order; more than one where a completion never arrived. */
async function attempts({ workflow }: Pick<Onboarding, 'workflow'> | Offboarding): Promise<number[]> {
  return (await historyOf(workflow)).flatMap((event) => event.activityTaskStartedEventAttributes?.attempt ?? []);
}

/** A client with a shared report, a slot and somebody to be told. */
async function leavingClient(database: TestDatabase) {
  const agencyId = await openAgency(database);
  const { clientId } = await activeClient(database, agencyId, { contactEmail: 'contact@client.example' });
  const projectId = await openProject(database, agencyId, { clientId });
  await makeReady(database, { agencyId, projectId });
  await share(database, { agencyId, projectId }, clientId);
  return { agencyId, clientId, projectId };
}

type LeavingClient = Awaited<ReturnType<typeof leavingClient>>;

/** Everything about a client that left, once each, and nothing left behind. */
async function expectLeftOnce(database: TestDatabase, { agencyId, clientId, projectId }: LeavingClient, { input, workflow }: Offboarding): Promise<void> {
  expect(await workflow.result()).toMatchObject({ state: 'done' });
  expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'archived' });
  expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ state: 'disabled', token_hash: null });
  expect(await offboardingRow(database, input)).toMatchObject({ state: 'done', pack_state: 'gone' });
  expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  expect(await eventCounts(database, agencyId)).toMatchObject({
    'client.offboarding_scheduled': 1,
    'sharing.ended': 1,
    'project.unassigned': 1,
    'client.archived': 1,
    'client.offboarded': 1,
  });
}

/** Everything about a client that became ready, once each. */
async function expectReadyOnce({ agencyId, onboardingId, workflow }: Onboarding): Promise<void> {
  expect(await workflow.result()).toMatchObject({ state: 'ready_to_share' });
  expect(await stepStates(database, agencyId, onboardingId)).toEqual(['done', 'done', 'done', 'done']);
  expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  expect(await eventCounts(database, agencyId)).toMatchObject({
    'onboarding.started': 1,
    'client.created': 1,
    'client.activated': 1,
    'project.assigned': 1,
    'onboarding.ready_to_share': 1,
  });
}

describe.concurrent('a worker that is killed', () => {
  test('between a step’s commit and its completion, or before the commit, loses nothing and does nothing twice', async () => {
    const { stage, setting } = await openQueue();
    await using line = await openLine(setting.temporalAddress);
    await using doomed = await startWorkerProcess(setting, line);

    // Four onboardings, each held in the middle of a step by somebody who has locked what the step needs.
    const inputs = { account: await readyInput(), allowance: await readyInput(), project: await readyInput(), uncommitted: await readyInput() };
    const namesake = `insert into clients (agency_id, name, state) values ($1, $2, 'pending')`;
    const lockPlan = 'select from plans where agency_id = $1 for no key update';
    await using accountLock = await holdLock(database, namesake, [inputs.account.agencyId, inputs.account.client.name]);
    await using allowanceLock = await holdLock(database, lockPlan, [inputs.allowance.agencyId]);
    await using projectLock = await holdLock(database, 'select from projects where id = $1 for no key update', [inputs.project.projectId]);
    const locks = [accountLock, allowanceLock, projectLock];
    await using keptLock = await holdLock(database, lockPlan, [inputs.uncommitted.agencyId]);
    // And a client whose last day has come, held where its slot is to be freed.
    const leaver = await leavingClient(database);
    await using leaverLock = await holdLock(database, lockPlan, [leaver.agencyId]);
    const leaving = await startOffboarding(stage, offboardingInput(leaver.agencyId, leaver.clientId, { inMs: 200, policy: { ...patient, packKeptMs: 0 } }));
    const onboardings = {
      account: await start(stage, inputs.account),
      allowance: await start(stage, inputs.allowance),
      project: await start(stage, inputs.project),
      uncommitted: await start(stage, inputs.uncommitted),
    };
    await Promise.all([...locks, keptLock, leaverLock].map((lock) => lock.wanted()));

    // The steps commit, but what they came to gets stuck on its way to Temporal.
    line.hold('there');
    await Promise.all([...locks, leaverLock].map((lock) => lock.release()));
    await until('four steps have committed', async () => {
      const account = await clientRow(database, inputs.account.agencyId, inputs.account.clientId);
      const { used } = await slots(database, inputs.allowance.agencyId);
      const { client_id } = await projectRow(database, inputs.project.agencyId, inputs.project.projectId);
      const left = await clientRow(database, leaver.agencyId, leaver.clientId);
      return account !== undefined && used === 1 && client_id !== null && left?.state === 'archived';
    });
    await doomed.kill();
    line.cut();
    await keptLock.release();
    await using _next = await startWorkerProcess(setting);

    await Promise.all(Object.values(onboardings).map(expectReadyOnce));
    expect(await attempts(onboardings.account)).toEqual([2, 1, 1, 1]);
    expect(await attempts(onboardings.allowance)).toEqual([1, 2, 1, 1]);
    expect(await attempts(onboardings.project)).toEqual([1, 1, 2, 1]);
    expect(await attempts(onboardings.uncommitted)).toEqual([1, 2, 1, 1]);
    await expectLeftOnce(database, leaver, leaving);
    expect((await attempts(leaving)).filter((attempt) => attempt > 1)).toEqual([2]);
  });

  test('in the middle of an export pack, which may take minutes, has it made by another one as soon as it has been silent for a while', async () => {
    await using database = await openDatabase();
    const stage = await openStageWithoutWorker(database);
    const setting = { ...newSetting(database.urls), taskQueue: stage.taskQueue };
    await using doomed = await startWorkerProcess(setting);
    const leaver = await leavingClient(database);
    await using lock = await holdLock(database, 'lock table export_packs in exclusive mode', []);
    const leaving = await startOffboarding(stage, offboardingInput(leaver.agencyId, leaver.clientId, { inMs: 200, policy: { ...patient, packKeptMs: 0 } }));
    await lock.wanted();
    await until('it has said that it is at it', async () =>
      (await leaving.workflow.describe()).raw.pendingActivities?.some(({ lastHeartbeatTime }) => lastHeartbeatTime),
    );
    await doomed.kill();
    await lock.release();
    await using _next = await startWorkerProcess(setting);

    await expectLeftOnce(database, leaver, leaving);
    expect((await attempts(leaving)).filter((attempt) => attempt > 1)).toEqual([2]);
  });
});

describe.concurrent('a worker that is told to stop', () => {
  test('finishes the step it is at, and the next worker goes on from there', async () => {
    const { stage, setting } = await openQueue();
    await using worker = await startWorkerProcess(setting);
    const input = await readyInput();
    await using lock = await holdLock(database, 'select from plans where agency_id = $1 for no key update', [input.agencyId]);
    const onboarding = await start(stage, input);
    await lock.wanted();
    const stopped = worker.stop();
    await worker.ready((log) => log.includes('"state":"STOPPING"'));
    await lock.release();
    expect(await stopped).toBe('code 0');

    await using _next = await startWorkerProcess(setting);
    await expectReadyOnce(onboarding);
    expect(await attempts(onboarding)).toEqual([1, 1, 1, 1]);
  });
});

describe.concurrent('with no worker at all', () => {
  test('a request is taken within six seconds, can be looked at, and is carried out once a worker comes', async () => {
    const { setting } = await openQueue();
    await using api = await startApiProcess(setting);
    const agency = await openAgencyAt(api, setting);
    const asked = performance.now();
    const taken = await onboard(api, agency, 'key-1');

    expect(performance.now() - asked).toBeLessThan(6_000);
    const { onboarding } = onboarded.parse(taken.body);
    expect(taken).toMatchObject({ status: 202 });
    expect(taken.headers.get('location')).toBe(`/v1/agencies/${agency.id}/onboardings/${onboarding.id}`);
    const pending = await readOnboarding(api, agency, onboarding.id);
    expect(pending.state).toBe('running');
    expect(pending.steps.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending', 'pending']);

    await using _worker = await startWorkerProcess(setting);
    await until('it waits for a project', async () => (await readOnboarding(api, agency, onboarding.id)).state === 'waiting_for_project');
    const replayed = await onboard(api, agency, 'key-1');
    expect(onboarded.parse(replayed.body).onboarding.id).toBe(onboarding.id);
  });
});
