import { describe, expect, test } from 'vitest';
import type { AgencyId } from '../../domain/ids.ts';
import type { WaitingPolicy } from '../../domain/waiting.ts';
import { assignProjectUpdate, recheckSignal, searchAttributes } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { type HistoryEvent, historyOf, summariesIn, timersBegan } from '../harness/history.ts';
import { inTime, twiceMs } from '../harness/in-time.ts';
import { entered, start, startUntil } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly, timersOnly } from '../harness/waits.ts';
import { events, onboardingRow, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

/** A day this long, and a month of such days before it stalls: far above what a step takes, so that no two alarms fall together. */
const dayMs = 200;
const inAMonth: WaitingPolicy = { ...hintsOnly, stallAfterMs: 30 * dayMs };
const stallsAtOnce: WaitingPolicy = { ...hintsOnly, stallAfterMs: 1 };

/** Each reminder, and the stall, with how long the onboarding had waited when it was written. */
async function alarmsOf(agencyId: AgencyId): Promise<{ alarm: unknown; waitedMs: number }[]> {
  const alarms = await events(database, agencyId, 'onboarding.reminder', 'onboarding.stalled');
  return alarms.map(({ kind, after, at }) => ({ alarm: after?.['reminder'] ?? kind, waitedMs: at.getTime() - Date.parse(String(after?.['since'])) }));
}

/** What it waited for, and what it did then, but for its steps. */
const alarmsIn = (history: HistoryEvent[]) => summariesIn(history).filter((summary) => !summary.includes(' of 4: '));

describe.concurrent('an onboarding that waits for a project', () => {
  test('reminds the owners after 3, 7 and 14 days and is stalled after 30, never early', { timeout: twiceMs }, async () => {
    const { agencyId, onboardingId, alarms, dueMs } = await inTime(async (pace) => {
      const agencyId = await openAgency(database);
      const dueMs = [3, 7, 14, 30].map((day) => day * dayMs * pace);
      const waiting = { ...inAMonth, remindAfterMs: dueMs.slice(0, 3), stallAfterMs: 30 * dayMs * pace };
      const { onboardingId, workflow } = await start(stage, onboardingInput(agencyId, { waiting }));
      await until('it is stalled', async () => (await workflow.describe()).typedSearchAttributes.get(searchAttributes.state) === 'stalled', {
        timeoutMs: 45_000,
      });
      const alarms = await alarmsOf(agencyId);
      const late = alarms.some(({ waitedMs }, index) => waitedMs >= (dueMs[index + 1] ?? Number.POSITIVE_INFINITY));
      return late ? undefined : { agencyId, onboardingId, alarms, dueMs };
    });
    expect(alarms.map(({ alarm }) => alarm)).toEqual([1, 2, 3, 'onboarding.stalled']);
    for (const [index, ms] of dueMs.entries()) expect(alarms[index]?.waitedMs).toBeGreaterThanOrEqual(ms);
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({
      state: 'stalled',
      reminders_sent: 3,
      blockers: [{ code: 'NO_PROJECT_YET' }],
    });
  });

  test('tells in its history what each of its timers leads to', { timeout: twiceMs }, async () => {
    const summaries = await inTime(async (pace) => {
      const agencyId = await openAgency(database);
      const stallAfterMs = 15 * dayMs * pace;
      const { workflow } = await startUntil(stage, 'stalled', onboardingInput(agencyId, { waiting: { ...inAMonth, remindAfterMs: [dayMs], stallAfterMs } }));
      const history = await until('it waits on', async () => {
        const events = await historyOf(workflow);
        return alarmsIn(events).at(-1) === 'Waiting for a project' && events;
      });
      const [stalled] = await events(database, agencyId, 'onboarding.stalled');
      const [, second = Number.POSITIVE_INFINITY] = timersBegan(history);
      return second <= Date.parse(String(stalled?.after?.['since'])) + stallAfterMs ? alarmsIn(history) : undefined;
    });
    expect(summaries).toEqual([
      'Waiting for a project; then reminder 1',
      'Remind the owners (1)',
      'Waiting for a project; then stalled',
      'Mark as stalled',
      'Waiting for a project',
    ]);
  });

  test('keeps to its days when it is told again and again to look', async () => {
    const agencyId = await openAgency(database);
    const waiting = { ...timersOnly, recheckMs: 50, remindAfterMs: [3 * dayMs], stallAfterMs: 6 * dayMs };
    await startUntil(stage, 'stalled', onboardingInput(agencyId, { waiting }));
    const alarms = await alarmsOf(agencyId);
    expect(alarms.map(({ alarm }) => alarm)).toEqual([1, 'onboarding.stalled']);
    expect(alarms[0]?.waitedMs).toBeGreaterThanOrEqual(3 * dayMs);
  });

  test('lets the next reminder go once it has its project', async () => {
    const agencyId = await openAgency(database);
    const waiting = { ...hintsOnly, remindAfterMs: [hintsOnly.recheckMs / 2], stallAfterMs: hintsOnly.recheckMs };
    const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting }));
    await onboarding.workflow.executeUpdate(assignProjectUpdate, { args: [{ projectId: await openProject(database, agencyId), actor: tester }] });
    await entered(onboarding, 'waiting_for_status');

    const history = await historyOf(onboarding.workflow);
    expect(summariesIn(history).filter((summary) => summary.startsWith('Waiting'))).toEqual(['Waiting for a project; then reminder 1', 'Waiting for status']);
    expect(history.filter((event) => event.timerCanceledEventAttributes)).toHaveLength(1);
  });
});

describe.concurrent('a stalled onboarding', () => {
  test('still takes a project that it is given', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'stalled', onboardingInput(agencyId, { waiting: stallsAtOnce }));
    const projectId = await openProject(database, agencyId);
    const answer = await onboarding.workflow.executeUpdate(assignProjectUpdate, { args: [{ projectId, actor: tester }] });

    expect(answer).toEqual({ outcome: 'assigned' });
    await entered(onboarding, 'waiting_for_status');
    expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['done', 'done', 'done', 'waiting']);
  });

  test('goes on when it is told that its client has one', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'stalled', onboardingInput(agencyId, { waiting: stallsAtOnce }));
    await openProject(database, agencyId, { clientId: onboarding.clientId });
    await onboarding.workflow.signal(recheckSignal, { because: 'a project was assigned' });
    await entered(onboarding, 'waiting_for_status');
  });

  test('goes on by its timer alone when nobody tells it, and stays stalled until then', async () => {
    const agencyId = await openAgency(database);
    const onboarding = await startUntil(stage, 'stalled', onboardingInput(agencyId, { waiting: { ...timersOnly, stallAfterMs: 1 } }));
    await openProject(database, agencyId, { clientId: onboarding.clientId });
    await entered(onboarding, 'waiting_for_status');
    expect(await events(database, agencyId, 'onboarding.stalled')).toHaveLength(1);
  });
});
