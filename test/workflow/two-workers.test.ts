import { describe, expect, test } from 'vitest';
import { recheckSignal } from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { historyOf } from '../harness/history.ts';
import { entered, start, startUntil } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage, startStageWorker } from '../harness/stage.ts';
import { hintsOnly } from '../harness/waits.ts';
import { eventCounts, slots } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

describe('two workers on one queue', () => {
  test('let each of thirty onboardings happen once, and no more clients in than there are slots', async () => {
    await using _other = await startStageWorker(stage);
    const agencyId = await openAgency(database, { clientLimit: 20 });
    const onboardings = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const projectId = await openProject(database, agencyId);
        await makeReady(database, { agencyId, projectId });
        return start(stage, onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
      }),
    );
    const results = await Promise.all(onboardings.map(({ workflow }) => workflow.result()));

    expect(results.filter(({ state }) => state === 'ready_to_share')).toHaveLength(20);
    expect(results.filter(({ state }) => state === 'refused')).toHaveLength(10);
    expect(await slots(database, agencyId)).toEqual({ used: 20, active: 20 });
    expect(await eventCounts(database, agencyId)).toMatchObject({
      'onboarding.started': 30,
      'client.created': 30,
      'client.activated': 20,
      'client.removed': 10,
      'project.assigned': 20,
      'onboarding.ready_to_share': 20,
      'onboarding.refused': 10,
    });
  });

  test('an onboarding that waited under the one goes on under the other', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const [worker, waiter] = [await startStageWorker(stage), onboardingInput(agencyId, { onLimit: 'wait', waiting: hintsOnly })];
    const onboarding = await startUntil(stage, 'waiting_for_allowance', waiter);
    await worker.stop();
    await changePlan(database, agencyId, { clientLimit: 1 });
    await onboarding.workflow.signal(recheckSignal, { because: 'the plan grew' });
    await entered(onboarding, 'waiting_for_project');
    expect((await historyOf(onboarding.workflow)).some((event) => event.workflowTaskFailedEventAttributes)).toBe(false);
  });

  test('the server answers the polls of one that stops, which would take a task along otherwise', async () => {
    const { namespaceInfo } = await stage.temporal.workflowService.describeNamespace({ namespace: 'default' });
    expect(namespaceInfo?.capabilities?.workerPollCompleteOnShutdown).toBe(true);
  });
});
