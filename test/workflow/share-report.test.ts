import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { moveProject } from '../../activities/move-project.ts';
import { recheckSignal, searchAttributes, shareReportWorkflowId, shareUpdate, switchOffSharingUpdate } from '../../workflows/contract.ts';
import type { shareReport } from '../../workflows/share-report.ts';
import { openAgency } from '../harness/agency.ts';
import { anotherApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { holdLock } from '../harness/held-lock.ts';
import { activitiesIn, historyOf } from '../harness/history.ts';
import { startUntil, statusPage } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject, type ProjectOf } from '../harness/project.ts';
import { readyToShare, sharingBlockers, sharingIs, sharingRequest, sharingState, startSharing } from '../harness/share-report.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { events, sharingRow } from '../harness/written.ts';

const stage = await openStage();
const { database, temporal, door } = stage;
const api = await anotherApi(stage);
door.open(api.app);

const row = ({ agencyId, projectId }: ProjectOf) => sharingRow(database, agencyId, projectId);
const hourMs = 3_600_000;
const share = (project: ProjectOf) => stage.gateway.share(sharingRequest(project));

describe('a sharing', () => {
  test('takes its steps in order: verify and make links, look as an outsider, give them', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project);
    await sharingIs(workflow, 'shared');
    expect(activitiesIn(await historyOf(workflow))).toEqual(['openSharing', 'checkAsOutsider', 'switchOnSharing', 'lookAtSharing']);
    expect(await row(project)).toMatchObject({ state: 'shared', client_id: project.clientId, workflow_id: workflow.workflowId });
  });

  test('tells since when it has been shared, which may be longer than its run', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project, { remindAfterMs: 10 * 365 * 24 * hourMs });
    await sharingIs(workflow, 'shared');
    await database.admin
      .updateTable('sharings')
      .set({ shared_at: new Date('2026-02-03T04:05:06Z') })
      .where('project_id', '=', project.projectId)
      .execute();
    await workflow.signal(recheckSignal, { because: 'nothing, really' });
    await until('its page says so', async () => (await statusPage(workflow)).startsWith('**Shared** since 2026-02-03 04:05 UTC\n'));
  });

  test('is seen by its state, its client and what blocks it', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project);
    await sharingIs(workflow, 'shared');
    const { typedSearchAttributes } = await workflow.describe();
    expect(typedSearchAttributes.get(searchAttributes.client)).toBe(project.clientId);
    const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toMatch(/\*\*Shared\*\* since .* UTC\n\nThe links have no end. Nobody has opened them yet./);

    const blocked = { ...project, projectId: await openProject(database, project.agencyId, { clientId: project.clientId }) };
    const refused = await startSharing(stage, blocked);
    expect(await refused.result()).toEqual({ state: 'private' });
    expect(await sharingBlockers(refused)).toEqual(['SCAN_NOT_COMPLETED', 'REPORT_NOT_READY']);
  });

  test('that is refused says why, whatever the project’s sharing was before', async () => {
    const project = await readyToShare(database);
    await share(project);
    await stage.gateway.switchOffSharing(sharingRequest(project));
    const { agencyId, projectId } = project;
    const former = temporal.workflow.getHandle<typeof shareReport>(shareReportWorkflowId(agencyId, projectId));
    expect(await former.result()).toEqual({ state: 'disabled' });
    expect(await sharingState(former)).toBe('disabled');
    expect(await sharingBlockers(former)).toBeUndefined();

    await moveProject(database.worker, { agencyId, projectId, clientId: null, actor: tester });
    const refused = await startSharing(stage, project);
    expect(await refused.result()).toEqual({ state: 'disabled' });
    expect(await sharingState(refused)).toBe('refused');
    expect(await sharingBlockers(refused)).toEqual(['NO_CLIENT_ACCOUNT']);
    expect(await statusPage(refused)).toMatch(/^\*\*Refused\*\* since .*\n\n- `NO_CLIENT_ACCOUNT`/);
  });

  test('that was refused and is then switched off has ended', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project);
    await sharingIs(workflow, 'shared');
    await moveProject(database.worker, { agencyId: project.agencyId, projectId: project.projectId, clientId: null, actor: tester });
    const [refused, off] = await Promise.all([share(project), stage.gateway.switchOffSharing(sharingRequest(project))]);
    expect([refused.outcome, off.outcome]).toEqual(['refused', 'off']);
    expect(await workflow.result()).toEqual({ state: 'disabled' });
  });

  test('that was ended without its being told finds that by itself', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project, { recheckMs: 200 });
    await sharingIs(workflow, 'shared');
    await moveProject(database.worker, { agencyId: project.agencyId, projectId: project.projectId, clientId: null, actor: tester });
    expect(await workflow.result()).toEqual({ state: 'disabled' });
  });

  test('that is told looks at once', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project);
    await sharingIs(workflow, 'shared');
    await moveProject(database.worker, { agencyId: project.agencyId, projectId: project.projectId, clientId: null, actor: tester });
    await workflow.signal(recheckSignal, { because: 'it was moved' });
    expect(await workflow.result()).toEqual({ state: 'disabled' });
  });

  test('ends when its time has come, and writes it down once', async () => {
    const project = await readyToShare(database);
    const expiresAt = new Date(Date.now() + hourMs);
    const workflow = await startSharing(stage, project, {}, expiresAt.toISOString());
    await sharingIs(workflow, 'shared');
    expect(await row(project)).toMatchObject({ expires_at: expiresAt });
    const soon = new Date(Date.now() + 500);
    await database.admin.updateTable('sharings').set({ expires_at: soon }).where('project_id', '=', project.projectId).execute();
    await workflow.signal(recheckSignal, { because: 'it ends sooner' });
    expect(await workflow.result()).toEqual({ state: 'expired' });
    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime());
    expect(await events(database, project.agencyId, 'sharing.expired')).toHaveLength(1);
    expect(await row(project)).toMatchObject({ state: 'expired', token_hash: null, sealed_token: null });
  });

  test('that operations cancel is switched off', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project);
    await sharingIs(workflow, 'shared');
    await workflow.cancel();
    expect(await workflow.result()).toEqual({ state: 'disabled' });
    expect(await events(database, project.agencyId, 'sharing.ended')).toMatchObject([{ actor: { kind: 'system', label: 'Temporal' } }]);
  });

  test('begins at the top after a reset, and makes no other links', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project);
    await sharingIs(workflow, 'shared');
    const before = await row(project);
    const { runId } = await workflow.describe();
    const firstTask = (await historyOf(workflow)).find((event) => event.workflowTaskCompletedEventAttributes);
    await temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflow.workflowId, runId },
      workflowTaskFinishEventId: firstTask?.eventId ?? null,
      requestId: randomUUID(),
    });
    await until('the new run tends it', async () => (await workflow.describe()).runId !== runId && (await sharingState(workflow)) === 'shared');
    expect(await row(project)).toEqual(before);
    expect(await events(database, project.agencyId, 'sharing.started')).toHaveLength(1);
  });

  test('that commands reach from all sides takes them in turn', async () => {
    const project = await readyToShare(database);
    const request = () => sharingRequest(project);
    const { gateway } = stage;
    const all = [
      gateway.share(request()),
      gateway.switchOffSharing(request()),
      gateway.share(request()),
      gateway.rotateSharing(request()),
      gateway.share(request()),
    ];
    for (const answer of await Promise.all(all)) expect(['shared', 'off', 'refused']).toContain(answer.outcome);
    const { state, token_hash } = (await row(project)) ?? {};
    expect(state === 'shared').toBe(token_hash !== null);
    const living = await database.admin
      .selectFrom('share_tokens')
      .select('hash')
      .where('project_id', '=', project.projectId)
      .where('retired_at', 'is', null)
      .execute();
    expect(living).toHaveLength(state === 'shared' ? 2 : 0);
  });
});

describe('share when ready', () => {
  test('asked for with the onboarding, it happens by itself once nothing is in the way', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly, shareWhenReady: true }));
    expect(await sharingRow(database, agencyId, projectId)).toBeUndefined();
    await makeReady(database, { agencyId, projectId });
    await onboarding.workflow.signal(recheckSignal, { because: 'the report is there' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share' });
    await until('it is shared', async () => (await sharingRow(database, agencyId, projectId))?.state === 'shared');
    expect(await events(database, agencyId, 'sharing.started')).toMatchObject([{ actor: tester, client_id: onboarding.clientId }]);
  });

  test('does not happen for another client that is given the project just then', async () => {
    const agencyId = await openAgency(database);
    const { clientId: another } = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly, shareWhenReady: true }));
    await makeReady(database, { agencyId, projectId });
    // Whoever moves it waits in front of the sharing that begins.
    await using lock = await holdLock(database, 'select from projects where id = $1 for update', [projectId]);
    const moved = moveProject(database.worker, { agencyId, projectId, clientId: another, actor: tester });
    await lock.wanted();
    await onboarding.workflow.signal(recheckSignal, { because: 'the report is there' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share' });
    await lock.wanted(2);
    await lock.release();
    await moved;
    await sharingIs(temporal.workflow.getHandle<typeof shareReport>(shareReportWorkflowId(agencyId, projectId)), 'refused');
    expect(await sharingRow(database, agencyId, projectId)).toBeUndefined();
  });

  test('happens though the sharing of the client before has not noticed yet that it has ended', async () => {
    const project = await readyToShare(database);
    const { agencyId, projectId } = project;
    await sharingIs(await startSharing(stage, project), 'shared');
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly, shareWhenReady: true }));
    await moveProject(database.worker, { agencyId, projectId, clientId: onboarding.clientId, actor: tester });
    await onboarding.workflow.signal(recheckSignal, { because: 'it has a project' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share' });
    await until('it is shared', async () => (await sharingRow(database, agencyId, projectId))?.state === 'shared');
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ client_id: onboarding.clientId });
  });

  test('does not happen where nobody asked', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    await makeReady(database, { agencyId, projectId });
    const { workflow } = await startUntil(stage, 'ready_to_share', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    await workflow.result();
    const { events: history } = await workflow.fetchHistory();
    expect(history?.some((event) => event.startChildWorkflowExecutionInitiatedEventAttributes)).toBe(false);
    expect(await sharingRow(database, agencyId, projectId)).toBeUndefined();
  });

  test('finds a sharing that somebody was quicker to begin, and leaves it', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly, shareWhenReady: true }));
    await makeReady(database, { agencyId, projectId });
    expect(await share({ agencyId, projectId })).toEqual({ outcome: 'shared' });
    const before = await sharingRow(database, agencyId, projectId);
    await onboarding.workflow.signal(recheckSignal, { because: 'the report is there' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share' });
    expect(await sharingRow(database, agencyId, projectId)).toEqual(before);
  });
});

test('an update to a sharing that has ended is taken by the next one', async () => {
  const project = await readyToShare(database);
  const workflow = await startSharing(stage, project);
  await sharingIs(workflow, 'shared');
  await workflow.executeUpdate(switchOffSharingUpdate, { args: [{ actor: tester }] });
  await workflow.result();
  await expect(workflow.executeUpdate(shareUpdate, { args: [{ actor: tester, requestId: randomUUID() }] })).rejects.toThrow();
  expect(await share(project)).toEqual({ outcome: 'shared' });
});
