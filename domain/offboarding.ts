import { z } from 'zod';
import { optional, text } from './text.ts';

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
