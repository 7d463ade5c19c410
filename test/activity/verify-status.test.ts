import { describe, expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { deliverReport } from '../../activities/deliver-report.ts';
import { moveProject } from '../../activities/move-project.ts';
import { verifyStatus } from '../../activities/verify-status.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { firstRun, tester } from '../harness/onboarding-input.ts';
import { gates, makeReady, openProject, reportInput, setBadge } from '../harness/project.ts';
import { events, onboardingRow, projectRow, stepRow, stepStates } from '../harness/written.ts';

const database = await testDatabase();

/** An onboarding behind step 3. */
async function assigned(agencyId: AgencyId) {
  const client = await activeClient(database, agencyId);
  const projectId = await openProject(database, agencyId);
  await assignProject(database.worker, { ...client, actor: tester, projectId, projectDomain: null }, firstRun());
  return { ...client, projectId };
}
type Assigned = Awaited<ReturnType<typeof assigned>>;
const verify = (onboarding: Assigned) => verifyStatus(database.worker, { ...onboarding, actor: tester }, firstRun());
const codes = (answer: Awaited<ReturnType<typeof verify>>) => (answer.outcome === 'waiting' ? answer.blockers.map(({ code }) => code) : answer.outcome);

test('completes the onboarding when nothing blocks', async () => {
  const agencyId = await openAgency(database);
  const onboarding = await assigned(agencyId);
  await makeReady(database, onboarding);

  expect(await verify(onboarding)).toEqual({ outcome: 'ready', shareWhenReady: false });
  const row = await onboardingRow(database, agencyId, onboarding.onboardingId);
  expect(row).toMatchObject({ state: 'ready_to_share', blockers: [] });
  expect(row.finished_at).toBeInstanceOf(Date);
  expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['done', 'done', 'done', 'done']);
  expect(await events(database, agencyId, 'onboarding.ready_to_share')).toMatchObject([
    { onboarding_id: onboarding.onboardingId, client_id: onboarding.clientId, project_id: onboarding.projectId },
  ]);
});

test('stands by a decision of ready, whatever changes later', async () => {
  const agencyId = await openAgency(database);
  const onboarding = await assigned(agencyId);
  await makeReady(database, onboarding);
  await verify(onboarding);
  await setBadge(database, onboarding, 'scan', 'failed');

  expect(await verify(onboarding)).toEqual({ outcome: 'ready', shareWhenReady: false });
  expect(await events(database, agencyId, 'onboarding.ready_to_share')).toHaveLength(1);
});

test('waits and names everything that blocks, once', async () => {
  const agencyId = await openAgency(database);
  const onboarding = await assigned(agencyId);
  for (const _ of [1, 2, 3]) expect(codes(await verify(onboarding))).toEqual(['SCAN_NOT_COMPLETED', 'REPORT_NOT_READY']);

  expect(await onboardingRow(database, agencyId, onboarding.onboardingId)).toMatchObject({
    state: 'waiting_for_status',
    blockers: [
      { code: 'SCAN_NOT_COMPLETED', reason: 'scan is not_started' },
      { code: 'REPORT_NOT_READY', reason: 'report is no_report' },
    ],
  });
  expect(await stepRow(database, agencyId, onboarding.onboardingId, 'verify_status')).toMatchObject({
    state: 'waiting',
    attempts: 3,
    detail: 'SCAN_NOT_COMPLETED, REPORT_NOT_READY',
  });
  expect(await events(database, agencyId, 'onboarding.waiting')).toHaveLength(1);
});

test('tells anew when other things block', async () => {
  const agencyId = await openAgency(database);
  const onboarding = await assigned(agencyId);
  await verify(onboarding);
  await setBadge(database, onboarding, 'scan', 'completed');
  expect(codes(await verify(onboarding))).toEqual(['REPORT_NOT_READY']);
  expect(await events(database, agencyId, 'onboarding.waiting')).toHaveLength(2);
});

describe('blocks', () => {
  test('a report with a missing gate', async () => {
    const onboarding = await assigned(await openAgency(database));
    await makeReady(database, onboarding);
    await deliverReport(database.worker, reportInput(onboarding, { gates: gates({ evidence: 'missing' }), at: new Date(Date.now() + 1_000).toISOString() }));
    expect(codes(await verify(onboarding))).toEqual(['REPORT_NOT_READY']);
  });

  test('a report with a blocked gate', async () => {
    const onboarding = await assigned(await openAgency(database));
    await makeReady(database, onboarding);
    await deliverReport(database.worker, reportInput(onboarding, { gates: gates({ redaction: 'blocked' }), at: new Date(Date.now() + 1_000).toISOString() }));
    expect(codes(await verify(onboarding))).toEqual(['REPORT_PUBLICATION_BLOCKED']);
  });

  test('a plan that lapsed', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await assigned(agencyId);
    await makeReady(database, onboarding);
    await changePlan(database, agencyId, { state: 'past_due' });
    expect(codes(await verify(onboarding))).toEqual(['AGENCY_PLAN_INELIGIBLE']);
    await changePlan(database, agencyId, { state: 'active' });
    expect(codes(await verify(onboarding))).toBe('ready');
  });

  test('nothing by fix, handoff or monitoring, which only warn', async () => {
    const onboarding = await assigned(await openAgency(database));
    await makeReady(database, onboarding);
    await setBadge(database, onboarding, 'fix', 'retest_failed');
    await setBadge(database, onboarding, 'handoff', 'failed');
    await setBadge(database, onboarding, 'monitoring', 'inactive');
    expect(codes(await verify(onboarding))).toBe('ready');
  });
});

describe('a project that went away', () => {
  test.each(['to another client', 'to nobody'])('%s sends the onboarding back for another one', async (where) => {
    const agencyId = await openAgency(database);
    const [onboarding, other] = [await assigned(agencyId), await activeClient(database, agencyId)];
    await verify(onboarding);
    await moveProject(database.worker, { agencyId, projectId: onboarding.projectId, clientId: where === 'to nobody' ? null : other.clientId, actor: tester });

    expect(await verify(onboarding)).toEqual({ outcome: 'project_gone' });
    expect(await onboardingRow(database, agencyId, onboarding.onboardingId)).toMatchObject({ state: 'running', project_id: null, blockers: [] });
    expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['done', 'done', 'pending', 'pending']);
  });

  test.each(['the project asked for', 'the project of the domain asked for'])('is not taken back: %s', async (asked) => {
    const agencyId = await openAgency(database);
    const onboarding = await assigned(agencyId);
    const { projectId } = onboarding;
    await moveProject(database.worker, { agencyId, projectId, clientId: null, actor: tester });
    await verify(onboarding);

    const { domain } = await projectRow(database, agencyId, projectId);
    const wish = asked === 'the project asked for' ? { projectId, projectDomain: null } : { projectId: null, projectDomain: domain };
    expect(await assignProject(database.worker, { ...onboarding, actor: tester, ...wish }, firstRun())).toMatchObject({
      outcome: 'waiting',
      blocker: { code: 'NO_PROJECT_YET' },
    });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });

  test('is not missed: the onboarding takes the next one the client gets', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await assigned(agencyId);
    await moveProject(database.worker, { agencyId, projectId: onboarding.projectId, clientId: null, actor: tester });
    await verify(onboarding);
    const projectId = await openProject(database, agencyId, { clientId: onboarding.clientId });
    await makeReady(database, { agencyId, projectId });

    expect(await assignProject(database.worker, { ...onboarding, projectId: null, actor: tester, projectDomain: null }, firstRun())).toEqual({
      outcome: 'assigned',
      projectId,
    });
    expect(await verify({ ...onboarding, projectId })).toEqual({ outcome: 'ready', shareWhenReady: false });
  });
});

test('twenty checks at once write one decision', async () => {
  const agencyId = await openAgency(database);
  const onboarding = await assigned(agencyId);
  await makeReady(database, onboarding);
  const answers = await Promise.all(Array.from({ length: 20 }, () => verify(onboarding)));
  expect(answers).toEqual(Array.from({ length: 20 }, () => ({ outcome: 'ready', shareWhenReady: false })));
  expect(await events(database, agencyId, 'onboarding.ready_to_share')).toHaveLength(1);
});
