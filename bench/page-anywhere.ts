import { randomUUID } from 'node:crypto';
import { nextCursor } from '../api/cursor.ts';

/** The query of a page of 50 that begins where none has begun before, so that nobody remembers it, somewhere in a list of so many clients, one a minute. */
export function pageAnywhere(clients: number): string {
  const at = new Date(Date.now() - Math.random() * (clients - 50) * 60_000);
  return `limit=50&cursor=${nextCursor({ at, id: randomUUID() })}`;
}
