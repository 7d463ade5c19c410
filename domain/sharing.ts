import { z } from 'zod';
import { timestamp } from './text.ts';

/** What an agency sees of a project's sharing. */
export const sharingStates = ['private', 'shared', 'disabled', 'expired'] as const;
export type SharingState = (typeof sharingStates)[number];

/** As it is recorded: between the making of a link and the look at its page nobody has the link. */
export type RecordedSharingState = SharingState | 'checking';

/** Body of `PUT …/projects/{projectId}/sharing`. Left out, the end of links that are shared already stays, and new ones have none. */
export const setSharingRequest = z.object({
  enabled: z.boolean(),
  expiresAt: timestamp.nullish(),
});

/** How long a sharing waits for what. Policy that travels with it, so that a test needs no days. */
export interface SharingPolicy {
  /** How often it looks for itself whether it still holds, in case it was not told. */
  recheckMs: number;
  /** When, after links were given, the agency is reminded that nobody has opened them. */
  remindAfterMs: number;
  /** How long the page is tried to be reached before its link is given up. */
  checkWithinMs: number;
}

const hourMs = 60 * 60_000;

export const defaultSharingPolicy: SharingPolicy = { recheckMs: 6 * hourMs, remindAfterMs: 7 * 24 * hourMs, checkWithinMs: 8_000 };
/** For links that nobody waits for: the page may be out of reach for as long as a night. */
export const patientSharingPolicy: SharingPolicy = { ...defaultSharingPolicy, checkWithinMs: 12 * hourMs };

/** The state as an agency sees it at `now`: an end that has come needs nobody to write it down. */
export function shownSharingState({ state, expiresAt }: { state: RecordedSharingState; expiresAt: Date | null }, now: Date): SharingState {
  if (state === 'checking') return 'private';
  return state === 'shared' && expiresAt !== null && expiresAt <= now ? 'expired' : state;
}
