import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { deliverReport } from '../../activities/deliver-report.ts';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { command } from '../harness/command.ts';
import { activitiesIn, type HistoryEvent, historyOf, summariesIn, timersBegan } from '../harness/history.ts';
import { inTime, twiceMs } from '../harness/in-time.ts';
import { showLogo } from '../harness/logo.ts';
import { mailsTo } from '../harness/mailbox.ts';
import { leavingClient, offboardingInput, offboardingIs, offboardingRow, packContent, patient, startOffboarding } from '../harness/offboarding.ts';
import { startUntil } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { readPdf } from '../harness/pdf.ts';
import { gates, openProject, reportInput } from '../harness/project.ts';
import { openLinks } from '../harness/sharing.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { clientRow, eventCounts, events, onboardingRow, projectRow, sharingRow, slots } from '../harness/written.ts';

const stage = await openStage();
const { database, temporal } = stage;
const hourMs = 3_600_000;

/** Did it come to each of its waits, in order, before this time? */
function keptTo(history: HistoryEvent[], byMs: number[]): boolean {
  const began = timersBegan(history);
  return byMs.every((ms, index) => (began[index] ?? Number.POSITIVE_INFINITY) <= ms);
}

/**
 * One without a report: to draw one takes seconds on a busy machine, in which the time for a reminder goes by. For the same reason the first reminder is
 * due an hour before the end: at once.
 */
async function clientToBeReminded(options: Parameters<typeof offboardingInput>[2]) {
  const agencyId = await openAgency(database);
  const contactEmail = `${crypto.randomUUID()}@client.example`;
  const { clientId } = await activeClient(database, agencyId, { contactEmail });
  const offboarding = await startOffboarding(stage, offboardingInput(agencyId, clientId, options));
  return { ...offboarding, agencyId, contactEmail };
}

async function reportedProject(agencyId: AgencyId, clientId: ClientId, changes: Parameters<typeof reportInput>[1] = {}) {
  const projectId = await openProject(database, agencyId, { clientId });
  await deliverReport(database.worker, reportInput({ agencyId, projectId }, changes));
  return { projectId };
}

describe.concurrent('an offboarding', () => {
  test('ends links, assignments and slot when its day comes, and not before', async () => {
    const { input, workflow, decision, agencyId, clientId, projectId } = await leavingClient(stage, { inMs: 1_500 });
    expect(decision).toEqual({ outcome: 'begun' });

    await offboardingIs(database, input, 'done');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(input.endsAt));
    const ended = await events(database, agencyId, 'sharing.ended', 'project.unassigned', 'client.archived', 'client.offboarded');
    expect(ended).toHaveLength(4);
    for (const { kind, at } of ended) expect(at.getTime(), kind).toBeGreaterThanOrEqual(Date.parse(input.endsAt));
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'archived' });
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ state: 'disabled', token_hash: null });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    await workflow.terminate('the pack would be kept for an hour');
  });

  test('tells the contact at once, then reminds, each once', { timeout: twiceMs }, async () => {
    const message = 'Thank you for three good years.';
    const { agencyId, mails } = await inTime(async (pace) => {
      const lastMs = 2_000 * pace;
      const policy = { ...patient, remindBeforeMs: [hourMs, lastMs] };
      const { input, workflow, agencyId, contactEmail } = await clientToBeReminded({ inMs: 6_000 * pace, message, policy });
      const [notice] = await mailsTo(stage, contactEmail);
      expect(notice).toMatchObject({ kind: 'offboarding_notice', text: expect.stringContaining(message) });
      await until('the offboarding is done', async () => (await offboardingRow(database, input))?.state === 'done', { timeoutMs: 45_000 });
      const endsAtMs = Date.parse(input.endsAt);
      // Behind the first reminder it waits for the second, behind that for the end.
      const kept = keptTo(await historyOf(workflow), [Number.POSITIVE_INFINITY, endsAtMs - lastMs, endsAtMs]);
      await workflow.terminate('the pack would be kept for an hour');
      return kept ? { agencyId, mails: await mailsTo(stage, contactEmail) } : undefined;
    });
    expect(mails.map(({ kind }) => kind)).toEqual(['offboarding_notice', 'offboarding_reminder', 'offboarding_reminder']);
    expect(await eventCounts(database, agencyId)).toMatchObject({
      'client.offboarding_scheduled': 1,
      'client.offboarding_reminder': 2,
      'client.offboarded': 1,
    });
  });

  test('makes a pack of all that is recorded of the client, and of nobody else', async () => {
    const agencyId = await openAgency(database);
    const other = await activeClient(database, agencyId, { name: 'Somebody else' });
    const { projectId: othersId } = await reportedProject(agencyId, other.clientId, { title: 'Report of somebody else' });
    const { clientId } = await activeClient(database, agencyId, { name: 'Acme' });
    const { projectId } = await reportedProject(agencyId, clientId);
    await openLinks(database, stage.secrets, { agencyId, projectId }, clientId);
    const { projectId: secondId } = await reportedProject(agencyId, clientId);
    const { projectId: blockedId } = await reportedProject(agencyId, clientId, { gates: gates({ redaction: 'blocked' }) });
    const { input, workflow } = await startOffboarding(stage, offboardingInput(agencyId, clientId));
    const zipped = unzipSync(await until('the pack is made', () => packContent(database, input)));
    const files = Object.fromEntries(Object.entries(zipped).map(([path, bytes]) => [path, strFromU8(bytes)]));
    expect(Object.keys(files).toSorted()).toEqual(
      [
        'README.txt',
        'client.json',
        'findings.csv',
        'history.csv',
        'history.json',
        'onboardings.json',
        'projects.csv',
        'projects.json',
        `reports/site.example-${projectId}.json`,
        `reports/site.example-${projectId}.pdf`,
        `reports/site.example-${secondId}.json`,
        `reports/site.example-${secondId}.pdf`,
        `reports/site.example-${blockedId}.json`,
      ].toSorted(),
    );
    for (const id of [projectId, secondId]) {
      const pdf = zipped[`reports/site.example-${id}.pdf`] ?? new Uint8Array();
      expect(strFromU8(pdf.subarray(0, 5))).toBe('%PDF-');
      const text = (await readPdf(pdf)).pages.join(' ');
      expect(text).toContain('Website risk report');
      expect(text).not.toContain('somebody else');
    }
    expect(JSON.parse(files['client.json'] ?? '')).toMatchObject({ name: 'Acme' });
    const [sharedProject] = JSON.parse(files['projects.json'] ?? '');
    expect(sharedProject.sharing).toEqual({ state: 'shared', expiresAt: null, views: 0, lastViewedAt: null });
    expect(files['history.csv']).toContain('client.offboarding_scheduled');
    expect(Object.values(files).join()).not.toMatch(new RegExp(`somebody else|${othersId}`, 'i'));
    await workflow.terminate('done with');
  });

  test('leaves PDFs out of a pack that they would make too large, and says so in it', async () => {
    const { input, workflow } = await leavingClient(stage, { policy: { ...patient, maxPackBytes: 10_000 } });
    const zipped = unzipSync(await until('the pack is made', () => packContent(database, input)));
    expect(Object.keys(zipped).filter((path) => path.endsWith('.pdf'))).toEqual([]);
    expect(strFromU8(zipped['README.txt'] ?? new Uint8Array())).toContain('.pdf: the pack would be too large');
    await workflow.terminate('done with');
  });

  test('leaves out of a pack what cannot be drawn, and says so in it: nobody waits for what will never be', async () => {
    const agencyId = await openAgency(database);
    const { clientId } = await activeClient(database, agencyId);
    const { projectId } = await reportedProject(agencyId, clientId);
    await showLogo(database, agencyId, Buffer.from('no picture'));
    const { input, workflow } = await startOffboarding(stage, offboardingInput(agencyId, clientId));
    const zipped = unzipSync(await until('the pack is made', () => packContent(database, input)));
    expect(Object.keys(zipped)).toContain(`reports/site.example-${projectId}.json`);
    expect(Object.keys(zipped).filter((path) => path.endsWith('.pdf'))).toEqual([]);
    expect(strFromU8(zipped['README.txt'] ?? new Uint8Array())).toContain(`reports/site.example-${projectId}.pdf: it could not be drawn`);
    await workflow.terminate('done with');
  });

  test('keeps no pack that would be too large', async () => {
    const { input, workflow } = await leavingClient(stage, { policy: { ...patient, maxPackBytes: 100 } });
    await until('it is known', async () => (await offboardingRow(database, input))?.pack_state === 'too_large');
    expect(await packContent(database, input)).toBeUndefined();
    await workflow.terminate('done with');
  });

  test('deletes the pack when it was kept long enough, and ends', async () => {
    const { input, workflow } = await leavingClient(stage, { inMs: 100, policy: { ...patient, packKeptMs: 500 } });
    expect(await workflow.result()).toMatchObject({ state: 'done' });
    expect(await packContent(database, input)).toBeUndefined();
    expect(await offboardingRow(database, input)).toMatchObject({ state: 'done', pack_state: 'gone' });
    expect(summariesIn(await historyOf(workflow)).at(-1)).toBe('Delete the export pack');
  });

  test('names its steps and its waits in the Temporal UI', { timeout: twiceMs }, async () => {
    const summaries = await inTime(async (pace) => {
      const { input, workflow } = await clientToBeReminded({ inMs: 4_000 * pace, policy: { ...patient, remindBeforeMs: [hourMs] } });
      const keeps = 'The export pack is kept';
      const history = await until(
        'the pack is kept',
        async () => {
          const events = await historyOf(workflow);
          return summariesIn(events).includes(keeps) && events;
        },
        { timeoutMs: 45_000 },
      );
      await workflow.terminate('the pack would be kept for an hour');
      return keptTo(history, [Number.POSITIVE_INFINITY, Date.parse(input.endsAt)]) ? summariesIn(history) : undefined;
    });
    expect(summaries).toEqual([
      'Record it, tell the contact',
      'Make the export pack',
      'Look how it stands',
      'Until the client leaves; then reminder 1',
      'Remind (1)',
      'Look how it stands',
      'Until the client leaves',
      'Look how it stands',
      'Make the export pack as it is in the end',
      'Archive the client',
      'The export pack is kept',
    ]);
  });
});

describe.concurrent('whatever happens meanwhile', () => {
  test('an archive by hand ends it as well', async () => {
    const { input, workflow, agencyId, clientId } = await leavingClient(stage, { policy: { ...patient, packKeptMs: 0 }, inMs: 60_000 });
    await command(stage, 'archiveClient', { agencyId, clientId, actor: tester });
    await offboardingIs(database, input, 'done');
    await until('its workflow has noticed', async () => summariesIn(await historyOf(workflow)).includes('The export pack is kept'));
    expect(activitiesIn(await historyOf(workflow))).not.toContain('completeOffboarding');
    expect(await eventCounts(database, agencyId)).toMatchObject({ 'client.archived': 1 });
    await workflow.terminate('done with');
  });

  test('a reset does nothing twice', async () => {
    const { input, workflow, workflowId, agencyId, contactEmail } = await leavingClient(stage, { inMs: 2_500 });
    await until('the pack is made', () => packContent(database, input));
    const { runId } = await workflow.describe();
    const firstTask = (await historyOf(workflow)).find((event) => event.workflowTaskCompletedEventAttributes);
    await temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId, runId },
      reason: 'test',
      requestId: crypto.randomUUID(),
      workflowTaskFinishEventId: firstTask?.eventId ?? null,
    });
    await offboardingIs(database, input, 'done');
    expect((await mailsTo(stage, contactEmail)).map(({ kind }) => kind)).toEqual(['offboarding_notice']);
    expect(await eventCounts(database, agencyId)).toMatchObject({ 'client.offboarding_scheduled': 1, 'client.offboarded': 1 });
    await temporal.workflow.getHandle(workflowId).terminate('done with');
  });

  test('an onboarding that still runs ends with the client', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    const input = offboardingInput(agencyId, onboarding.clientId, { inMs: 300, policy: { ...patient, packKeptMs: 0 } });
    const { workflow } = await startOffboarding(stage, input);
    expect(await workflow.result()).toMatchObject({ state: 'done' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await onboardingRow(database, agencyId, onboarding.onboardingId)).toMatchObject({ state: 'cancelled' });
  });

  test('a client that is not active is not offboarded', async () => {
    const agencyId = await openAgency(database);
    const { clientId } = await activeClient(database, agencyId);
    await command(stage, 'archiveClient', { agencyId, clientId, actor: tester });
    const { decision, workflow } = await startOffboarding(stage, offboardingInput(agencyId, clientId));
    expect(decision).toEqual({ outcome: 'refused', code: 'CLIENT_ARCHIVED' });
    expect(await workflow.result()).toMatchObject({ state: 'refused' });
    const rows = await inTenant(database.worker, agencyId, (tx) => tx.selectFrom('offboardings').selectAll().execute());
    expect(rows).toEqual([]);
  });
});
