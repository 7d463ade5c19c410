/** How long an offboarding waits for what. Policy that travels with it, so that a test runs a month in milliseconds. */
export interface OffboardingPolicy {
  /** How often it looks for itself, so that a lost hint costs this much time and not the offboarding. */
  recheckMs: number;
  /** How long before the end people are reminded. Descending. */
  remindBeforeMs: number[];
  /** How long the export pack is kept behind the end. */
  packKeptMs: number;
  maxPackBytes: number;
}

const dayMs = 24 * 3_600_000;

export const defaultOffboardingPolicy: OffboardingPolicy = {
  recheckMs: dayMs,
  remindBeforeMs: [7 * dayMs, dayMs],
  packKeptMs: 30 * dayMs,
  maxPackBytes: 25 * 1024 * 1024,
};

/** A day ends what ends on it as it begins, in UTC. */
export function beginningOf(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

export type OffboardingAlarm = { what: 'end' | 'reminder' | 'look'; inMs: number };

/** What comes first in the wait for the end: a look of its own, the next reminder, or the end. */
export function nextOffboardingAlarm(
  { recheckMs, remindBeforeMs }: OffboardingPolicy,
  { remainingMs, remindersSent }: { remainingMs: number; remindersSent: number },
): OffboardingAlarm {
  const alarms: OffboardingAlarm[] = [
    { what: 'end', inMs: remainingMs },
    { what: 'look', inMs: recheckMs },
  ];
  const remindBefore = remindBeforeMs[remindersSent];
  if (remindBefore !== undefined) alarms.push({ what: 'reminder', inMs: remainingMs - remindBefore });
  const first = alarms.reduce((a, b) => (b.inMs < a.inMs ? b : a));
  return { ...first, inMs: Math.max(first.inMs, 1) };
}

/** How many reminders are due with so much time left. Of those that were due before it began none is sent twice. */
export function offboardingRemindersDue({ remindBeforeMs }: OffboardingPolicy, remainingMs: number): number {
  return remindBeforeMs.filter((beforeMs) => remainingMs <= beforeMs).length;
}
