import { describe, expect, test } from 'vitest';
import { cancelUpdate, commandWorkflowId, searchAttributes } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { historyOf, summariesIn } from '../harness/history.ts';
import { type Onboarding, start, startUntil, statusPage } from '../harness/onboarding.ts';
import { crmOnboardingInput, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';

const stage = await openStage();
const { database, gateway, temporal } = stage;

/** The ids of the workflows that a list filter of the UI shows. Lists follow what happens after a moment. */
async function listed(query: string): Promise<string[]> {
  return (await Array.fromAsync(temporal.workflow.list({ query }))).map(({ workflowId }) => workflowId);
}

function shows(query: string, { workflowId }: Onboarding): Promise<boolean> {
  return until(`${query} lists ${workflowId}`, async () => (await listed(query)).includes(workflowId));
}

async function startWaitingForStatus(): Promise<Onboarding> {
  const agencyId = await openAgency(database);
  const projectId = await openProject(database, agencyId);
  return startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { client: { name: 'Fern & Co' }, projectId, waiting: hintsOnly }));
}

describe.concurrent('the list of workflows', () => {
  test('is filtered by agency, state, source, client and blocker', async () => {
    const onboarding = await startWaitingForStatus();
    const { agencyId, clientId } = onboarding;
    const ofAgency = `FoyerAgency = '${agencyId}'`;
    await shows(`${ofAgency} and FoyerState = 'waiting_for_status'`, onboarding);
    await shows(`${ofAgency} and FoyerBlockers = 'REPORT_NOT_READY'`, onboarding);
    await shows(`${ofAgency} and FoyerSource = 'api' and FoyerClient = '${clientId}'`, onboarding);
    expect(await listed(`${ofAgency} and FoyerState = 'running'`)).toEqual([]);
    expect(await listed(`${ofAgency} and FoyerBlockers = 'NO_PROJECT_YET'`)).toEqual([]);
  });

  test('shows how an onboarding ended, and no blocker of one that ended well', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    await makeReady(database, { agencyId, projectId });
    const onboarding = await start(stage, onboardingInput(agencyId, { projectId }));
    await onboarding.workflow.result();
    await shows(`FoyerAgency = '${agencyId}' and FoyerState = 'ready_to_share' and FoyerBlockers is null`, onboarding);
  });

  test('shows what an onboarding was refused for', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await start(stage, onboardingInput(agencyId, { waiting: hintsOnly }));
    await onboarding.workflow.result();
    await shows(`FoyerAgency = '${agencyId}' and FoyerState = 'refused' and FoyerBlockers = 'CLIENT_LIMIT_REACHED'`, onboarding);
  });
});

describe.concurrent('the page of a workflow', () => {
  test('is headed by whom it onboards, and says what was asked for', async () => {
    const { workflow, agencyId, clientId, input } = await startWaitingForStatus();
    const description = await workflow.describe();
    expect(await description.staticSummary()).toBe('Onboard Fern & Co');
    const details = await description.staticDetails();
    for (const fact of ['Fern & Co', clientId, agencyId, 'api', String(input.projectId), 'refuse']) expect(details).toContain(fact);
  });

  test('tells where it stands, why, and what to do', async () => {
    const { workflow } = await startWaitingForStatus();
    const page = await statusPage(workflow);
    expect(page).toMatch(/^\*\*Waiting for status\*\* since \d{4}-\d\d-\d\d \d\d:\d\d UTC\n/);
    expect(page).toContain('1. Create account: done\n2. Check allowance: done\n3. Assign project: done\n4. Verify status before sharing: waiting');
    expect(page).toContain('**Why**\n\n- `SCAN_NOT_COMPLETED`');
    expect(page).toContain('**What to do**\n\n- ');
  });

  test('tells what became of each step when it ends', async () => {
    const { workflow } = await startWaitingForStatus();
    await workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] });
    await workflow.result();
    expect(await statusPage(workflow)).toContain('**Cancelled** since');
    expect(await statusPage(workflow)).toContain(
      '1. Create account: undone\n2. Check allowance: undone\n3. Assign project: undone\n4. Verify status before sharing: skipped',
    );
  });

  test('tells what became of each step when its client is archived meanwhile', async () => {
    const { workflow, agencyId, clientId } = await startWaitingForStatus();
    const input = { agencyId, clientId, actor: tester };
    await gateway.execute('archiveClient', { workflowId: commandWorkflowId('archive-client', agencyId, clientId), input, summary: 'Archive a client' });
    expect(await workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await statusPage(workflow)).toContain(
      '1. Create account: undone\n2. Check allowance: undone\n3. Assign project: undone\n4. Verify status before sharing: skipped',
    );
  });

  test('names every activity and every timer', async () => {
    const { workflow } = await startWaitingForStatus();
    await workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] });
    await workflow.result();
    expect(summariesIn(await historyOf(workflow))).toEqual([
      '1 of 4: create account',
      '2 of 4: check allowance',
      '3 of 4: assign project',
      '4 of 4: verify status before sharing',
      'Waiting for status',
      'Undo: assign project',
      'Undo: check allowance',
      'Undo: create account',
      'End as cancelled',
    ]);
  });
});

describe.concurrent('what is never encrypted', () => {
  test('holds no contact, note or reference of the client', async () => {
    const agencyId = await openAgency(database);
    const secrets = { contactEmail: 'robin@fern.example', externalReference: 'deal-4711', notes: 'prefers to be called after lunch' };
    const { workflow } = await startUntil(stage, 'waiting_for_project', crmOnboardingInput(agencyId, { client: secrets, waiting: hintsOnly }));
    await workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] });
    await workflow.result();

    const description = await workflow.describe();
    const attributes = Object.values(searchAttributes).map((key) => description.typedSearchAttributes.get(key));
    const shown = [
      await description.staticSummary(),
      await description.staticDetails(),
      await statusPage(workflow),
      ...summariesIn(await historyOf(workflow)),
      JSON.stringify([attributes, description.memo, workflow.workflowId]),
    ].join('\n');
    for (const secret of Object.values(secrets)) expect(shown).not.toContain(secret);
  });
});
