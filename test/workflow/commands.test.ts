import { describe, expect, test } from 'vitest';
import type { UpdateClientInput } from '../../activities/update-client.ts';
import type { CommandStart } from '../../api/temporal.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { command } from '../harness/command.ts';
import { newProjectId } from '../harness/ids.ts';
import { entered, start, startUntil } from '../harness/onboarding.ts';
import { clientDetails, crmOnboardingInput, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { openProject, reportInput, setBadge } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { clientRow, events, projectRow } from '../harness/written.ts';

const stage = await openStage();
const { database, temporal } = stage;

describe.concurrent('assignProject', () => {
  test('tells the onboarding that gets the project and the one that loses it', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const loser = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    const winner = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));

    const moved = await command(stage, 'assignProject', { agencyId, projectId, clientId: winner.clientId, actor: tester });
    expect(moved).toEqual({ outcome: 'moved', waitingWorkflowIds: [loser.workflowId, winner.workflowId] });
    await Promise.all([entered(loser, 'waiting_for_project'), entered(winner, 'waiting_for_status')]);
  });

  test('unassigns, and the onboarding takes it again only if it was asked for by name', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    const projectId = await openProject(database, agencyId);
    await command(stage, 'assignProject', { agencyId, projectId, clientId: onboarding.clientId, actor: tester });
    await entered(onboarding, 'waiting_for_status');
    await command(stage, 'assignProject', { agencyId, projectId, clientId: null, actor: tester });
    await entered(onboarding, 'waiting_for_project');
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });

  test('is through even when an onboarding it would tell is no longer there', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    await onboarding.workflow.terminate('test');
    const projectId = await openProject(database, agencyId);
    expect(await command(stage, 'assignProject', { agencyId, projectId, clientId: onboarding.clientId, actor: tester })).toMatchObject({ outcome: 'moved' });
  });

  test('answers a refusal as a result', async () => {
    const [agencyId, otherAgencyId] = [await openAgency(database), await openAgency(database)];
    const { clientId } = await activeClient(database, agencyId);
    const projectId = await openProject(database, otherAgencyId);
    const refused = await command(stage, 'assignProject', { agencyId, projectId, clientId, actor: tester });
    expect(refused).toEqual({ outcome: 'refused', code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' });
  });
});

describe.concurrent('createProject', () => {
  test('tells the onboarding that waits for a project of this domain, which takes it', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', crmOnboardingInput(agencyId, { projectDomain: 'fern.example', waiting: hintsOnly }));
    const projectId = newProjectId();
    const input = { agencyId, projectId, actor: tester, name: 'Fern', domain: 'fern.example', clientId: null };
    expect(await command(stage, 'createProject', input)).toMatchObject({ outcome: 'created' });
    await entered(onboarding, 'waiting_for_status');
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: onboarding.clientId });
  });

  test('under the client of a waiting onboarding lets it go on', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    await command(stage, 'createProject', {
      agencyId,
      projectId: newProjectId(),
      actor: tester,
      name: 'Fern',
      domain: 'fern.example',
      clientId: onboarding.clientId,
    });
    await entered(onboarding, 'waiting_for_status');
  });

  test('under the same workflow id answers the same and creates once', async () => {
    const agencyId = await openAgency(database);
    const input = { agencyId, projectId: newProjectId(), actor: tester, name: 'Fern', domain: 'fern.example', clientId: null };
    const twice: CommandStart<'createProject'> = { workflowId: `create-project/${agencyId}/once`, input, summary: 'Create project' };
    const answers = await Promise.all([stage.gateway.execute('createProject', twice), stage.gateway.execute('createProject', twice)]);
    expect(answers[0]).toEqual(answers[1]);
    expect(await events(database, agencyId, 'project.created')).toHaveLength(1);
  });
});

describe.concurrent('deliverReport', () => {
  test('tells the onboarding that waits for the project’s status', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    await setBadge(database, { agencyId, projectId }, 'scan', 'completed');
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    expect(await command(stage, 'deliverReport', reportInput({ agencyId, projectId }))).toMatchObject({ outcome: 'delivered' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share' });
  });

  test('of a project that is not the agency’s answers a refusal', async () => {
    const [agencyId, otherAgencyId] = [await openAgency(database), await openAgency(database)];
    const projectId = await openProject(database, otherAgencyId);
    expect(await command(stage, 'deliverReport', reportInput({ agencyId, projectId }))).toEqual({ outcome: 'refused', code: 'NOT_FOUND' });
  });
});

describe.concurrent('updateClient', () => {
  const updateOf = (input: Pick<UpdateClientInput, 'agencyId' | 'at' | 'expectClient'>, name: string): UpdateClientInput => ({
    ...input,
    actor: tester,
    client: { ...clientDetails({ name }), externalReference: 'deal-1' },
  });

  test('waits for a client that is being made, then brings it up to date', async () => {
    const agencyId = await openAgency(database);
    const update = updateOf({ agencyId, at: '2026-05-02T00:00:00Z', expectClient: true }, 'New name');
    const updating = await temporal.workflow.start('updateClient', { taskQueue: stage.taskQueue, workflowId: `update-client/${agencyId}/1`, args: [update] });
    await until('it has looked in vain', async () => {
      const { raw } = await updating.describe();
      return raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 1);
    });
    const client = { name: 'Old name', externalReference: 'deal-1' };
    const onboarding = await start(stage, crmOnboardingInput(agencyId, { client, crmEventAt: '2026-05-01T00:00:00Z', waiting: hintsOnly }));

    expect(await updating.result()).toEqual({ outcome: 'applied' });
    expect(await clientRow(database, agencyId, onboarding.clientId)).toMatchObject({ name: 'New name' });
  });

  test('leaves aside what is older than what is known', async () => {
    const agencyId = await openAgency(database);
    const client = { name: 'Newest', externalReference: 'deal-1' };
    const onboarding = await startUntil(
      stage,
      'waiting_for_project',
      crmOnboardingInput(agencyId, { client, crmEventAt: '2026-05-03T00:00:00Z', waiting: hintsOnly }),
    );
    expect(await command(stage, 'updateClient', updateOf({ agencyId, at: '2026-05-02T00:00:00Z', expectClient: false }, 'Older'))).toEqual({
      outcome: 'unchanged',
    });
    expect(await clientRow(database, agencyId, onboarding.clientId)).toMatchObject({ name: 'Newest' });
  });

  test('of a reference that nobody has does nothing', async () => {
    const agencyId = await openAgency(database);
    const update = updateOf({ agencyId, at: '2026-05-02T00:00:00Z', expectClient: false }, 'Nobody');
    expect(await command(stage, 'updateClient', update)).toEqual({ outcome: 'no_client' });
  });
});
