import { z } from 'zod';

const dayMs = 24 * 3_600_000;

/** How long an archived client is kept before it may be erased, unless the configuration says otherwise. */
export const defaultRetentionDays = 30;

/** Body of `POST …/clients/{clientId}/erase`: the client's name, typed by whoever wants it gone. */
export const eraseClientRequest = z.object({ confirmName: z.string().max(200) });

/** From when on a client may be erased that was archived then. */
export function erasableFrom(archivedAt: Date, retentionDays: number): Date {
  return new Date(archivedAt.getTime() + retentionDays * dayMs);
}
