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

/** The state as an agency sees it at `now`: an end that has come needs nobody to write it down. */
export function shownSharingState({ state, expiresAt }: { state: RecordedSharingState; expiresAt: Date | null }, now: Date): SharingState {
  if (state === 'checking') return 'private';
  return state === 'shared' && expiresAt !== null && expiresAt <= now ? 'expired' : state;
}
