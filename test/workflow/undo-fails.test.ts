import { WorkflowUpdateStage } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import { cancelUpdate, retryUndoSignal } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { obstructUndo } from '../harness/failing-undo.ts';
import { holdLock } from '../harness/held-lock.ts';
import { activitiesIn, historyOf } from '../harness/history.ts';
import { entered, type Onboarding, start, startUntil } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { clientRow, events, onboardingRow, projectRow, slots, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

const canceller: Actor = { kind: 'user', id: 'person-1', label: 'Pat' };
const cancel = ({ workflow }: Onboarding) => workflow.executeUpdate(cancelUpdate, { args: [{ actor: canceller }] });

/** An onboarding with three steps to undo. */
async function startWithProject(): Promise<Onboarding> {
  const agencyId = await openAgency(database);
  const projectId = await openProject(database, agencyId);
  return startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
}

describe.concurrent('an undo that fails', () => {
  test('for a while is tried until it succeeds, and nobody is called', async () => {
    const onboarding = await startWithProject();
    await obstructUndo(database, onboarding.clientId, { times: hintsOnly.undoAttempts - 1 });
    expect(await cancel(onboarding)).toBe('cancelled');
    expect(await events(database, onboarding.agencyId, 'onboarding.needs_attention')).toEqual([]);
  });

  test('for good needs attention: it says what failed, and keeps what it could not undo', async () => {
    const onboarding = await startWithProject();
    const { agencyId, onboardingId, clientId, input } = onboarding;
    await obstructUndo(database, clientId);

    expect(await cancel(onboarding)).toBe('needs_attention');
    const blockers = [{ code: 'UNDO_FAILED', reason: 'check_allowance: a legal hold is on the client' }];
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ state: 'needs_attention', blockers, finished_at: null });
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(['done', 'done', 'undone', 'waiting']);
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'active' });
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
    expect(input.projectId && (await projectRow(database, agencyId, input.projectId))).toMatchObject({ client_id: null });
    expect(await events(database, agencyId, 'onboarding.needs_attention')).toMatchObject([{ after: { reason: blockers[0]?.reason } }]);
  });

  test('goes on where it failed once its cause is cleared and it is told to try again', async () => {
    const onboarding = await startWithProject();
    const { agencyId, onboardingId, clientId, workflow } = onboarding;
    const obstacle = await obstructUndo(database, clientId);
    await cancel(onboarding);
    await obstacle.clear();
    await workflow.signal(retryUndoSignal);

    expect(await workflow.result()).toMatchObject({ state: 'cancelled', blockers: [] });
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(['undone', 'undone', 'undone', 'skipped']);
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'archived' });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    expect(activitiesIn(await historyOf(workflow)).filter((activity) => activity === 'releaseProject')).toHaveLength(1);
    expect(await events(database, agencyId, 'onboarding.cancelled')).toMatchObject([{ actor: canceller }]);
  });

  test('told to try again too early, needs attention again', async () => {
    const onboarding = await startWithProject();
    await obstructUndo(database, onboarding.clientId, { times: 2 * hintsOnly.undoAttempts });
    await cancel(onboarding);
    await onboarding.workflow.signal(retryUndoSignal);
    await until('it has tried again in vain', async () => {
      const tries = activitiesIn(await historyOf(onboarding.workflow)).filter((activity) => activity === 'flagForAttention');
      return tries.length === 2;
    });
    await entered(onboarding, 'needs_attention');
    await onboarding.workflow.signal(retryUndoSignal);
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
  });

  test('told to try again while it is still being flagged, does so', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    const obstacle = await obstructUndo(database, onboarding.clientId);
    // No event of the agency can be written, and the flag is the first thing that writes one.
    await using lock = await holdLock(database, 'select from accounts where id = $1 for update', [agencyId]);
    await onboarding.workflow.startUpdate(cancelUpdate, { args: [{ actor: canceller }], waitForStage: WorkflowUpdateStage.ACCEPTED });
    await lock.wanted();
    await obstacle.clear();
    await onboarding.workflow.signal(retryUndoSignal);
    await lock.release();
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
  });

  test('of a refusal ends refused, with its own reason, once it succeeds', async () => {
    const input = onboardingInput(await openAgency(database, { clientLimit: 0 }), { waiting: hintsOnly });
    const obstacle = await obstructUndo(database, input.clientId);
    const onboarding = await start(stage, input);
    await entered(onboarding, 'needs_attention');
    await obstacle.clear();
    await onboarding.workflow.signal(retryUndoSignal);

    expect(await onboarding.workflow.result()).toMatchObject({ state: 'refused', blockers: [{ code: 'CLIENT_LIMIT_REACHED' }] });
    expect(await stepStates(database, input.agencyId, input.onboardingId)).toEqual(['undone', 'refused', 'skipped', 'skipped']);
    expect(await clientRow(database, input.agencyId, input.clientId)).toBeUndefined();
  });
});
