import { describe, expect, test } from 'vitest';
import type { ProjectId } from '../../domain/ids.ts';
import { recheckSignal } from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { command } from '../harness/command.ts';
import { entered, type Onboarding, startUntil } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { gates, makeReady, openProject, reportInput, setBadge } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly, timersOnly } from '../harness/waits.ts';
import { onboardingRow, projectRow, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

/** An onboarding whose project has neither scan nor report. */
async function startUnready(waiting = hintsOnly): Promise<Onboarding & { projectId: ProjectId }> {
  const agencyId = await openAgency(database);
  const projectId = await openProject(database, agencyId);
  return { ...(await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting }))), projectId };
}

const recheck = ({ workflow }: Onboarding) => workflow.signal(recheckSignal, { because: 'something changed' });

function blockedBy({ agencyId, onboardingId }: Onboarding, ...codes: string[]): Promise<boolean> {
  return until(`it is blocked by ${codes.join(', ')}`, async () => {
    const { blockers } = await onboardingRow(database, agencyId, onboardingId);
    return blockers.map(({ code }) => code).join() === codes.join();
  });
}

describe.concurrent('an onboarding whose project is not ready', () => {
  test('waits, and tells what blocks it in the order in which a person would clear it', async () => {
    const { agencyId, onboardingId } = await startUnready();
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({
      state: 'waiting_for_status',
      blockers: [
        { code: 'SCAN_NOT_COMPLETED', reason: 'scan is not_started' },
        { code: 'REPORT_NOT_READY', reason: 'report is no_report' },
      ],
    });
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(['done', 'done', 'done', 'waiting']);
  });

  test('is ready when the last of its blockers is cleared, and not before', async () => {
    const onboarding = await startUnready();
    const { agencyId, projectId, workflow } = onboarding;

    await changePlan(database, agencyId, { state: 'past_due' });
    await recheck(onboarding);
    await blockedBy(onboarding, 'SCAN_NOT_COMPLETED', 'REPORT_NOT_READY', 'AGENCY_PLAN_INELIGIBLE');
    await setBadge(database, onboarding, 'scan', 'completed');
    await recheck(onboarding);
    await blockedBy(onboarding, 'REPORT_NOT_READY', 'AGENCY_PLAN_INELIGIBLE');
    const blocked = reportInput({ agencyId, projectId }, { gates: gates({ redaction: 'blocked' }), at: '2026-01-01T00:00:00Z' });
    await command(stage, 'deliverReport', blocked);
    await blockedBy(onboarding, 'REPORT_PUBLICATION_BLOCKED', 'AGENCY_PLAN_INELIGIBLE');
    await command(stage, 'deliverReport', reportInput({ agencyId, projectId }));
    await blockedBy(onboarding, 'AGENCY_PLAN_INELIGIBLE');
    await changePlan(database, agencyId, { state: 'active' });
    await recheck(onboarding);

    expect(await workflow.result()).toMatchObject({ state: 'ready_to_share', projectId, blockers: [] });
    expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['done', 'done', 'done', 'done']);
  });

  test('is ready by its timer alone when nobody tells it', async () => {
    const { agencyId, projectId, workflow } = await startUnready(timersOnly);
    await makeReady(database, { agencyId, projectId });
    expect(await workflow.result()).toMatchObject({ state: 'ready_to_share' });
  });
});

describe.concurrent('an onboarding whose project is moved away while it waits for status', () => {
  test('waits for a project again, and does not take it back from the client that has it', async () => {
    const onboarding = await startUnready();
    const { agencyId, projectId } = onboarding;
    const other = await activeClient(database, agencyId);
    await command(stage, 'assignProject', { agencyId, projectId, clientId: other.clientId, actor: tester });

    await entered(onboarding, 'waiting_for_project');
    expect(await onboardingRow(database, agencyId, onboarding.onboardingId)).toMatchObject({
      project_id: null,
      blockers: [{ code: 'NO_PROJECT_YET' }],
    });
    expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['done', 'done', 'waiting', 'pending']);
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: other.clientId });
  });

  test('ends ready with the next project', async () => {
    const onboarding = await startUnready();
    const { agencyId, projectId, clientId, workflow } = onboarding;
    const other = await activeClient(database, agencyId);
    await command(stage, 'assignProject', { agencyId, projectId, clientId: other.clientId, actor: tester });
    await entered(onboarding, 'waiting_for_project');

    const next = await openProject(database, agencyId);
    await makeReady(database, { agencyId, projectId: next });
    await command(stage, 'assignProject', { agencyId, projectId: next, clientId, actor: tester });
    expect(await workflow.result()).toMatchObject({ state: 'ready_to_share', projectId: next });
  });

  test('finds out by its timer alone when nobody tells it', async () => {
    const onboarding = await startUnready(timersOnly);
    const { agencyId, projectId } = onboarding;
    await database.admin.updateTable('projects').set({ client_id: null }).where('agency_id', '=', agencyId).where('id', '=', projectId).execute();
    await entered(onboarding, 'waiting_for_project');
    // It was asked for by name and is free, but somebody took it away.
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
  });
});
