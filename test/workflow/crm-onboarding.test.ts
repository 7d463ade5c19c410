import { describe, expect, test } from 'vitest';
import { recheckSignal, searchAttributes } from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { entered, start, startUntil } from '../harness/onboarding.ts';
import { crmOnboardingInput } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { hintsOnly } from '../harness/waits.ts';
import { clientRow, events, projectRow, slots, stepRow, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

describe.concurrent('a deal that was won in the CRM', () => {
  test('becomes a client that is ready to share with no hands, on the unassigned project of its domain', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId, { domain: 'fern.example' });
    await makeReady(database, { agencyId, projectId });
    const { workflow, clientId } = await start(stage, crmOnboardingInput(agencyId, { projectDomain: 'fern.example' }));

    expect(await workflow.result()).toMatchObject({ state: 'ready_to_share', clientId, projectId });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: clientId });
  });

  test('waits at the limit, and goes on once there is a slot', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await startUntil(stage, 'waiting_for_allowance', crmOnboardingInput(agencyId, { waiting: hintsOnly }));
    await changePlan(database, agencyId, { overageClients: 1 });
    await onboarding.workflow.signal(recheckSignal, { because: 'the plan changed' });
    await entered(onboarding, 'waiting_for_project');
  });

  test('of a client that is there brings it up to date, and takes no second slot', async () => {
    const agencyId = await openAgency(database, { clientLimit: 1 });
    const client = { name: 'Fern', externalReference: 'deal-1', contactEmail: 'old@fern.example' };
    const first = await startUntil(stage, 'waiting_for_project', crmOnboardingInput(agencyId, { client, waiting: hintsOnly }));
    const renamed = { ...client, name: 'Fern & Co', contactEmail: null };
    const second = await startUntil(stage, 'waiting_for_project', crmOnboardingInput(agencyId, { client: renamed, waiting: hintsOnly }));

    expect(await clientRow(database, agencyId, first.clientId)).toMatchObject({ name: 'Fern & Co', contact_email: 'old@fern.example', state: 'active' });
    expect(await clientRow(database, agencyId, second.clientId)).toBeUndefined();
    const { typedSearchAttributes } = await second.workflow.describe();
    expect(typedSearchAttributes.get(searchAttributes.client)).toBe(first.clientId);
    expect(await stepStates(database, agencyId, second.onboardingId)).toEqual(['done', 'skipped', 'waiting', 'pending']);
    expect(await stepRow(database, agencyId, second.onboardingId, 'check_allowance')).toMatchObject({ detail: 'the client holds a slot already' });
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });

  test('ten times at once, each as an onboarding of its own, makes one client', async () => {
    const agencyId = await openAgency(database);
    const client = { name: 'Fern', externalReference: 'deal-1' };
    const onboardings = await Promise.all(Array.from({ length: 10 }, () => start(stage, crmOnboardingInput(agencyId, { client, waiting: hintsOnly }))));
    await Promise.all(onboardings.map((onboarding) => entered(onboarding, 'waiting_for_project')));

    expect(await events(database, agencyId, 'client.created')).toHaveLength(1);
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });
});
