import { describe, expect, test } from 'vitest';
import type { AgencyId } from '../../domain/ids.ts';
import type { WaitingPolicy } from '../../domain/waiting.ts';
import { assignProjectUpdate, recheckSignal } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { historyOf, summariesIn } from '../harness/history.ts';
import { entered, startUntil } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly, timersOnly } from '../harness/waits.ts';
import { events, onboardingRow, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

/** The default policy with a day this long: far above what a step takes, so that no two reminders fall together. */
const dayMs = 200;
const inDays: WaitingPolicy = { ...hintsOnly, remindAfterMs: [3 * dayMs, 7 * dayMs, 14 * dayMs], stallAfterMs: 30 * dayMs };
const stallsAtOnce: WaitingPolicy = { ...hintsOnly, stallAfterMs: 1 };

/** On which day of the wait each reminder, and the stall, was written. */
async function daysOfAlarms(agencyId: AgencyId): Promise<{ alarm: unknown; day: number }[]> {
  const alarms = await database.admin
    .selectFrom('events')
    .select(['kind', 'after', 'at'])
    .where('agency_id', '=', agencyId)
    .where('kind', 'in', ['onboarding.reminder', 'onboarding.stalled'])
    .orderBy('id')
    .execute();
  const waitedMs = ({ after, at }: (typeof alarms)[number]) => at.getTime() - new Date(String(after?.['since'])).getTime();
  return alarms.map((event) => ({ alarm: event.after?.['reminder'] ?? event.kind, day: Math.floor(waitedMs(event) / dayMs) }));
}

describe.concurrent('an onboarding that waits for a project', () => {
  test('reminds the owners after 3, 7 and 14 days and is stalled after 30, never early', async () => {
    const agencyId = await openAgency(database);
    const { onboardingId } = await startUntil(stage, 'stalled', onboardingInput(agencyId, { waiting: inDays }));

    const alarms = await daysOfAlarms(agencyId);
    expect(alarms.map(({ alarm }) => alarm)).toEqual([1, 2, 3, 'onboarding.stalled']);
    for (const [index, dueOnDay] of [3, 7, 14, 30].entries()) expect(alarms[index]?.day).toBeGreaterThanOrEqual(dueOnDay);
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({
      state: 'stalled',
      reminders_sent: 3,
      blockers: [{ code: 'NO_PROJECT_YET' }],
    });
  });

  test('tells in its history what each of its timers leads to', async () => {
    const agencyId = await openAgency(database);
    const { workflow } = await startUntil(
      stage,
      'stalled',
      onboardingInput(agencyId, { waiting: { ...inDays, remindAfterMs: [dayMs], stallAfterMs: 15 * dayMs } }),
    );
    const summaries = await until('it waits on', async () => {
      const told = summariesIn(await historyOf(workflow)).filter((summary) => !summary.includes(' of 4: '));
      return told.at(-1) === 'Waiting for a project' && told;
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
    const alarms = await daysOfAlarms(agencyId);
    expect(alarms.map(({ alarm }) => alarm)).toEqual([1, 'onboarding.stalled']);
    expect(alarms[0]?.day).toBeGreaterThanOrEqual(3);
  });

  test('lets the next reminder go once it has its project', async () => {
    const agencyId = await openAgency(database);
    const waiting = { ...inDays, remindAfterMs: [hintsOnly.recheckMs / 2], stallAfterMs: hintsOnly.recheckMs };
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
