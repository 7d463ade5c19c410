import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `look` finds something (anything but undefined, null and false) and returns it. Looks often rather than once after a while,
 * so a test is as quick as what it waits for; less often the longer it waits, for many that look slow down what they wait for.
 * Rejects after `timeoutMs` with what was waited for; by itself longer than Temporal waits for a lost task.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { timeoutMs = 30_000 }: { timeoutMs?: number } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const begin = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found as NonNullable<Exclude<T, false>>;
    const waitedMs = performance.now() - begin;
    if (waitedMs > timeoutMs) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await pause(Math.min(Math.max(10, waitedMs / 10), 100));
  }
}
