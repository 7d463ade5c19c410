import { heartbeat } from '@temporalio/activity';

/** Often enough within the time after which a silent activity is handed out again, on a busy machine as well. */
const beatMs = 5_000;

/**
 * Tells Temporal that this activity is alive for as long as it works. For what may take minutes: where its worker is killed, or what it came to never
 * arrives, the silence says so and nobody waits out the whole time it was given.
 */
export async function heartbeating<T>(work: () => Promise<T>): Promise<T> {
  const beating = setInterval(() => heartbeat(), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
