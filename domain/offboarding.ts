import { z } from 'zod';
import type { OffboardingPolicy } from './offboarding-policy.ts';
import { optional, text } from './text.ts';

export { beginningOf, defaultOffboardingPolicy, type OffboardingPolicy } from './offboarding-policy.ts';

/** A client that leaves on a day to come; until then it can be taken back. */
export const offboardingStates = ['scheduled', 'done', 'cancelled'] as const;
export type OffboardingState = (typeof offboardingStates)[number];

/** What became of the export pack. */
export const packStates = ['making', 'made', 'too_large', 'gone'] as const;
export type PackState = (typeof packStates)[number];

const dayMs = 24 * 3_600_000;

/** Body of `POST …/clients/{clientId}/offboard`: the day on which the client leaves, and what its contact is told besides. */
export const offboardClientRequest = z.object({
  on: z.iso.date('must be a day such as 2026-12-31'),
  message: optional(text(2_000)).nullable(),
});

/** A day to come, and not further off than anybody plans. */
export function isOffboardingDay(endsAt: Date, now: Date): boolean {
  return endsAt > now && endsAt.getTime() < now.getTime() + 5 * 366 * dayMs;
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
