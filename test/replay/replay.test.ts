import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, inject, test } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { activitiesIn, type HistoryEvent } from '../harness/history.ts';
import { commandScenarios, isLived, releaseOf } from './command-scenarios.ts';
import { type SavedHistory, savedHistories } from './saved-history.ts';
import { scenarios } from './scenarios.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } });

const histories = await savedHistories();
const complaints = await replay(histories);

/** What today's workflows have against each history: nothing, where they do again what was done then. */
async function replay(saved: SavedHistory[]): Promise<Map<string, Error | undefined>> {
  const options = { workflowBundle: { codePath: inject('workflowBundlePath') } };
  const replayed = saved.map(({ history }) => ({ history, workflowId: workflowIdIn(history) }));
  const results = await Array.fromAsync(Worker.runReplayHistories(options, replayed));
  if (results.length !== saved.length) throw new Error('not every history was replayed');
  return new Map(saved.map(({ name }, index) => [name, results[index]?.error]));
}

/** Under another id a workflow might do something else. */
function workflowIdIn({ events }: SavedHistory['history']): string {
  const workflowId = events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  if (!workflowId) throw new Error('a history does not begin with a start');
  return workflowId;
}

function eventsOf(name: string): HistoryEvent[] {
  return histories.find((saved) => saved.name === name)?.history.events ?? [];
}

describe('yesterday’s run', () => {
  test.each(histories)('$name replays on today’s code', ({ name }) => {
    expect(complaints.get(name)).toBeUndefined();
  });
});

describe('every release', () => {
  // What is recorded for the next one is not all of it before it is out.
  const isOut = (release: string) => release.localeCompare(releaseOf(project.version), 'en', { numeric: true }) <= 0;
  const releases = [...new Set(histories.map(({ name }) => name.split('/')[0] ?? ''))].filter(isOut);
  const lives = [...Object.keys(scenarios), ...Object.keys(commandScenarios), 'continued-as-new', 'still-waiting-after-continued-as-new'];

  test.each(releases)('%s has a history of each life', (release) => {
    const recorded = histories.map(({ name }) => name);
    expect(recorded).toEqual(expect.arrayContaining(lives.filter((life) => isLived(life, release)).map((life) => `${release}/${life}`)));
  });

  test.each(releases)('%s has histories of what their names say', (release) => {
    expect(activitiesIn(eventsOf(`${release}/waiting-for-project`))).toEqual(
      expect.arrayContaining(['remindOwners', 'markStalled', 'moveProject', 'verifyStatus']),
    );
    expect(activitiesIn(eventsOf(`${release}/refused`))).toEqual(expect.arrayContaining(['releaseAllowance', 'removeAccount', 'endOnboarding']));
    expect(activitiesIn(eventsOf(`${release}/needing-attention`)).slice(-4)).toEqual([
      'flagForAttention',
      'releaseAllowance',
      'removeAccount',
      'endOnboarding',
    ]);
    expect(eventsOf(`${release}/continued-as-new`).at(-1)?.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
    expect(eventsOf(`${release}/cancelled-by-temporal`).some((event) => event.workflowExecutionCancelRequestedEventAttributes)).toBe(true);
  });
});

describe('a history that today’s code would not make', () => {
  /** The same history, but for the names of its activities. */
  function withActivities(saved: SavedHistory, rename: (name: string) => string): SavedHistory {
    const events = (saved.history.events ?? []).map(({ activityTaskScheduledEventAttributes: scheduled, ...event }) =>
      scheduled
        ? { ...event, activityTaskScheduledEventAttributes: { ...scheduled, activityType: { name: rename(scheduled.activityType?.name ?? '') } } }
        : event,
    );
    return { name: saved.name, history: { events } };
  }

  test('is noticed: two steps in the other order', async () => {
    const happy = histories.filter(({ name }) => name.endsWith('/happy'));
    const other: Record<string, string> = { checkAllowance: 'assignProject', assignProject: 'checkAllowance' };
    const swapped = happy.map((saved) => withActivities(saved, (name) => other[name] ?? name));
    expect([...(await replay(swapped)).values()]).toEqual(happy.map(() => expect.any(DeterminismViolationError)));
  });
});
