import { describe, expect, test } from 'vitest';
import { openAgency } from '../harness/agency.ts';
import { activitiesIn, historyOf, summariesIn } from '../harness/history.ts';
import { type Onboarding, start } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { clientRow, events, onboardingRow, projectRow, slots, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

/** An onboarding with all it takes: a free slot, and a project that is ready. */
async function startReady(): Promise<Onboarding> {
  const agencyId = await openAgency(database);
  const projectId = await openProject(database, agencyId);
  await makeReady(database, { agencyId, projectId });
  return start(stage, onboardingInput(agencyId, { projectId }));
}

describe.concurrent('an onboarding that has all it takes', () => {
  test('ends ready to share, its client active, its project assigned', async () => {
    const { agencyId, onboardingId, clientId, workflow, input } = await startReady();
    const { projectId } = input;

    expect(await workflow.result()).toEqual({ state: 'ready_to_share', clientId, projectId, blockers: [] });
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ state: 'ready_to_share', client_id: clientId, project_id: projectId });
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(['done', 'done', 'done', 'done']);
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'active' });
    expect(projectId && (await projectRow(database, agencyId, projectId))).toMatchObject({ client_id: clientId });
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });

  test('takes its four steps in order, each under its own name', async () => {
    const { workflow } = await startReady();
    await workflow.result();

    const history = await historyOf(workflow);
    expect(activitiesIn(history)).toEqual(['createAccount', 'checkAllowance', 'assignProject', 'verifyStatus']);
    expect(summariesIn(history)).toEqual([
      '1 of 4: create account',
      '2 of 4: check allowance',
      '3 of 4: assign project',
      '4 of 4: verify status before sharing',
    ]);
  });

  test('begins no step before the one before it is through', async () => {
    const { workflow } = await startReady();
    await workflow.result();

    const history = await historyOf(workflow);
    const turns = history.flatMap(({ activityTaskScheduledEventAttributes: begun, activityTaskCompletedEventAttributes: ended }) =>
      begun ? ['begun'] : ended ? ['ended'] : [],
    );
    expect(turns).toEqual(Array(4).fill(['begun', 'ended']).flat());
  });

  test('writes its history once, in the order of the steps', async () => {
    const { agencyId, onboardingId, workflow } = await startReady();
    await workflow.result();

    const written = (await events(database, agencyId)).filter((event) => event.onboarding_id === onboardingId);
    expect(written.map(({ kind }) => kind)).toEqual([
      'onboarding.started',
      'client.created',
      'client.activated',
      'project.assigned',
      'onboarding.ready_to_share',
    ]);
  });

  test('costs thirty events of workflow history', async () => {
    const { workflow } = await startReady();
    await workflow.result();
    expect((await workflow.describe()).historyLength).toBe(30);
  });
});
