import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { History, Payload } from '@temporalio/common/lib/proto-utils.js';
import { tsToMs } from '@temporalio/common/lib/time.js';

export type HistoryEvent = NonNullable<History['events']>[number];

/** A workflow's events, as the Temporal UI lists them. */
export async function historyOf(workflow: WorkflowHandle): Promise<HistoryEvent[]> {
  const { events } = await workflow.fetchHistory();
  return events ?? [];
}

/** When each timer began, in ms since the epoch: then the workflow had done all that comes before the wait. */
export function timersBegan(events: HistoryEvent[]): number[] {
  return events.flatMap(({ timerStartedEventAttributes: timer, eventTime }) => (timer && eventTime ? [tsToMs(eventTime)] : []));
}

/** Names of the activities that were scheduled, in order. */
export function activitiesIn(events: HistoryEvent[]): string[] {
  return events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? []);
}

/** What the UI calls the activities and timers, in order. */
export function summariesIn(events: HistoryEvent[]): string[] {
  return events
    .filter(({ activityTaskScheduledEventAttributes: activity, timerStartedEventAttributes: timer }) => activity ?? timer)
    .map(({ userMetadata }) => textOf(userMetadata?.summary) ?? 'no summary');
}

/** What a workflow was started with. */
export function startedWith([start]: HistoryEvent[]): unknown[] {
  return (start?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload));
}

export function textOf(payload: Payload | null | undefined): string | undefined {
  return payload ? defaultPayloadConverter.fromPayload<string>(payload) : undefined;
}
