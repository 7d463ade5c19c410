import { describe, expect, test } from 'vitest';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { activitiesIn, historyOf } from '../harness/history.ts';
import { newProjectId } from '../harness/ids.ts';
import { start } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { clientRow, events, onboardingRow, projectRow, slots, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

describe.concurrent('refused for want of a slot', () => {
  test('what step 1 did is undone: no client stays, and the steps say what became of each', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const { onboardingId, clientId, workflow } = await start(stage, onboardingInput(agencyId));

    const blockers = [{ code: 'CLIENT_LIMIT_REACHED', reason: '0 of 0 client slots are in use' }];
    expect(await workflow.result()).toMatchObject({ state: 'refused', blockers });
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ state: 'refused', blockers, client_id: null });
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(['undone', 'refused', 'skipped', 'skipped']);
    expect(await clientRow(database, agencyId, clientId)).toBeUndefined();
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  });

  test('the history tells that the client came and went', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const { workflow } = await start(stage, onboardingInput(agencyId));
    await workflow.result();
    const kinds = (await events(database, agencyId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['onboarding.started', 'client.created', 'client.removed', 'onboarding.refused']);
  });

  test('the project that was asked for stays unassigned', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const projectId = await openProject(database, agencyId);
    const { workflow } = await start(stage, onboardingInput(agencyId, { projectId }));
    await workflow.result();
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });

  test('the name and the reference are free for the next request', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const client = { name: 'Harbour & Sons', externalReference: 'deal-77' };
    for (const attempt of [1, 2]) {
      const { workflow } = await start(stage, onboardingInput(agencyId, { client }));
      expect(await workflow.result(), `attempt ${attempt}`).toMatchObject({ blockers: [{ code: 'CLIENT_LIMIT_REACHED' }] });
    }
  });

  test.each(['past_due', 'cancelled'] as const)('a plan that is %s refuses as well, with slots to spare', async (state) => {
    const agencyId = await openAgency(database, { state });
    const { clientId, workflow } = await start(stage, onboardingInput(agencyId));
    expect(await workflow.result()).toMatchObject({ state: 'refused', blockers: [{ code: 'AGENCY_PLAN_INELIGIBLE', reason: `plan is ${state}` }] });
    expect(await clientRow(database, agencyId, clientId)).toBeUndefined();
  });
});

describe.concurrent('refused at the first step', () => {
  test('there is nothing to undo, and no other step begins', async () => {
    const agencyId = await openAgency(database);
    const holder = await activeClient(database, agencyId, { name: 'Taken Ltd' });
    const { onboardingId, clientId, workflow } = await start(stage, onboardingInput(agencyId, { client: { name: ' taken LTD' } }));

    expect(await workflow.result()).toMatchObject({ state: 'refused', clientId: null, blockers: [{ code: 'CLIENT_NAME_TAKEN' }] });
    expect(activitiesIn(await historyOf(workflow))).toEqual(['createAccount']);
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ state: 'refused' });
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(['refused', 'skipped', 'skipped', 'skipped']);
    expect(await clientRow(database, agencyId, clientId)).toBeUndefined();
    expect(await clientRow(database, agencyId, holder.clientId)).toMatchObject({ state: 'active', name: 'Taken Ltd' });
  });

  test('another agency’s project is refused like one that never was', async () => {
    const [agencyId, otherAgencyId] = [await openAgency(database), await openAgency(database)];
    const foreign = await start(stage, onboardingInput(agencyId, { projectId: await openProject(database, otherAgencyId) }));
    const missing = await start(stage, onboardingInput(agencyId, { projectId: newProjectId() }));

    const refusals = await Promise.all([foreign, missing].map(({ workflow }) => workflow.result()));
    expect(refusals[0]).toEqual(refusals[1]);
    expect(refusals[0]).toMatchObject({ state: 'refused', blockers: [{ code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' }] });
  });
});
