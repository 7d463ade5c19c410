/** How long an onboarding waits for what. Policy, not constants: it travels with each onboarding, so a test can run 30 days in milliseconds. */
export interface WaitingPolicy {
  /** How often a wait looks for itself, so that a lost hint costs this much time and not the onboarding. */
  recheckMs: number;
  /** When, after the wait for a project began, the account's owners are reminded. Ascending. */
  remindAfterMs: number[];
  /** When, after the wait for a project began, the onboarding is marked stalled. */
  stallAfterMs: number;
  /** How often an undo is tried before operations are asked to look. */
  undoAttempts: number;
  /** First pause between two tries of an undo; doubled each time. */
  undoBackoffMs: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export const defaultWaitingPolicy: WaitingPolicy = {
  recheckMs: 15 * minuteMs,
  remindAfterMs: [3 * dayMs, 7 * dayMs, 14 * dayMs],
  stallAfterMs: 30 * dayMs,
  undoAttempts: 10,
  undoBackoffMs: 1_000,
};

export interface Alarm {
  summary: string;
  inMs: number;
}

/** What comes first in a wait for a project: a look of its own, the next reminder, or the stall. Stalled, only the look is left. */
export function nextAlarm(policy: WaitingPolicy, { waitedMs, remindersSent, stalled }: { waitedMs: number; remindersSent: number; stalled: boolean }): Alarm {
  const alarms: Alarm[] = [{ summary: 'Waiting for a project', inMs: policy.recheckMs }];
  const remindAfterMs = policy.remindAfterMs[remindersSent];
  if (!stalled && remindAfterMs !== undefined) {
    alarms.push({ summary: `Waiting for a project; then reminder ${remindersSent + 1}`, inMs: remindAfterMs - waitedMs });
  }
  if (!stalled) alarms.push({ summary: 'Waiting for a project; then stalled', inMs: policy.stallAfterMs - waitedMs });
  const first = alarms.reduce((a, b) => (b.inMs < a.inMs ? b : a));
  return { ...first, inMs: Math.max(first.inMs, 1) };
}

/** What is still to come in a wait for a project that began at `sinceMs`, in ms since the epoch; no reminder once all were sent. */
export function alarmsAhead(
  { remindAfterMs, stallAfterMs }: WaitingPolicy,
  { sinceMs, remindersSent }: { sinceMs: number; remindersSent: number },
): { reminderAtMs: number | null; stallAtMs: number } {
  const nextAfterMs = remindAfterMs[remindersSent];
  return { reminderAtMs: nextAfterMs === undefined ? null : sinceMs + nextAfterMs, stallAtMs: sinceMs + stallAfterMs };
}

/** How many reminders are due after a wait for a project of `waitedMs`. */
export function remindersDue({ remindAfterMs }: WaitingPolicy, waitedMs: number): number {
  return remindAfterMs.filter((afterMs) => afterMs <= waitedMs).length;
}
