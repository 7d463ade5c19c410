import { WorkflowUpdateStage } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import type { StepName, StepState } from '../../domain/onboarding.ts';
import { cancelUpdate, recheckSignal } from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { type HeldLock, holdLock } from '../harness/held-lock.ts';
import { type Onboarding, start, startUntil } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { hintsOnly } from '../harness/waits.ts';
import { clientRow, events, onboardingRow, projectRow, slots, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

const canceller: Actor = { kind: 'user', id: 'person-1', label: 'Pat' };

/** Sends a cancel and comes back once the workflow has taken it. */
function cancel({ workflow }: Onboarding) {
  return workflow.startUpdate(cancelUpdate, { args: [{ actor: canceller }], waitForStage: WorkflowUpdateStage.ACCEPTED });
}

/** An onboarding in the middle of a step after the first: the step has decided and cannot commit, for somebody holds its row, at the longest until the file ends. */
async function startIntoHeldStep(step: StepName, { ready = false }: { ready?: boolean } = {}): Promise<{ onboarding: Onboarding; lock: HeldLock }> {
  const agencyId = await openAgency(database, { clientLimit: 0 });
  const projectId = await openProject(database, agencyId);
  if (ready) await makeReady(database, { agencyId, projectId });
  const onboarding = await startUntil(stage, 'waiting_for_allowance', onboardingInput(agencyId, { projectId, onLimit: 'wait', waiting: hintsOnly }));
  const lock = await holdLock(database, 'select from onboarding_steps where onboarding_id = $1 and name = $2 for update', [onboarding.onboardingId, step]);
  await changePlan(database, agencyId, { clientLimit: 1 });
  await onboarding.workflow.signal(recheckSignal, { because: 'the plan grew' });
  await lock.wanted();
  return { onboarding, lock };
}

describe.concurrent('cancelled while a step runs', () => {
  test('in create account: the client comes, and is erased', async () => {
    const input = onboardingInput(await openAgency(database), { waiting: hintsOnly });
    // Whoever makes a client of the same name waits to learn whether this one comes to stay.
    const namesake = `insert into clients (agency_id, name, state) values ($1, $2, 'pending')`;
    await using lock = await holdLock(database, namesake, [input.agencyId, input.client.name]);
    const onboarding = await start(stage, input);
    await lock.wanted();
    const cancelled = await cancel(onboarding);
    await lock.release();

    expect(await cancelled.result()).toBe('cancelled');
    expect(await stepStates(database, input.agencyId, input.onboardingId)).toEqual(['undone', 'skipped', 'skipped', 'skipped']);
    expect((await events(database, input.agencyId)).map(({ kind }) => kind)).toEqual([
      'onboarding.started',
      'client.created',
      'client.removed',
      'onboarding.cancelled',
    ]);
  });

  const held: { step: StepName; steps: StepState[] }[] = [
    { step: 'check_allowance', steps: ['undone', 'undone', 'skipped', 'skipped'] },
    { step: 'assign_project', steps: ['undone', 'undone', 'undone', 'skipped'] },
    { step: 'verify_status', steps: ['undone', 'undone', 'undone', 'skipped'] },
  ];
  test.each(held)('in $step: the step is finished, then undone with all before it', async ({ step, steps }) => {
    const { onboarding, lock } = await startIntoHeldStep(step);
    const { agencyId, onboardingId, clientId, input } = onboarding;
    const cancelled = await cancel(onboarding);
    await lock.release();

    expect(await cancelled.result()).toBe('cancelled');
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(steps);
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'archived' });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    expect(input.projectId && (await projectRow(database, agencyId, input.projectId))).toMatchObject({ client_id: null });
  });

  test('by Temporal itself, it is finished and undone as well', async () => {
    const { onboarding, lock } = await startIntoHeldStep('check_allowance');
    await onboarding.workflow.cancel();
    await lock.release();
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await slots(database, onboarding.agencyId)).toEqual({ used: 0, active: 0 });
  });

  test('in the step that finds it ready, it is ready, and the canceller is told', async () => {
    const { onboarding, lock } = await startIntoHeldStep('verify_status', { ready: true });
    const { agencyId, onboardingId, clientId } = onboarding;
    const cancelled = await cancel(onboarding);
    await lock.release();

    expect(await cancelled.result()).toBe('ready_to_share');
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ state: 'ready_to_share' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'active' });
  });
});
