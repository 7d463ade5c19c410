import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from './child.ts';

/** Above the time that api and worker give themselves to finish what they are at. */
const stopTimeoutMs = 20_000;
const startTimeoutMs = 60_000;
const pollMs = 50;

export interface FoyerProcessOptions {
  /** Relative to the project: `api/server.ts`. */
  script: string;
  /** Given to Node, before the script. */
  nodeFlags: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  onSpawn: (pid: number) => Promise<void>;
}

/** Starts one of Foyer's own processes on this Node. Resolves as soon as it runs, ready or not. */
export function startFoyerProcess({ script, nodeFlags, env, logFile, onSpawn }: FoyerProcessOptions): Promise<Child> {
  const path = join(import.meta.dirname, '..', script);
  return startChild({ command: process.execPath, args: [...nodeFlags, path], env, logFile, onSpawn, stopSignal: 'SIGTERM', stopTimeoutMs });
}

/**
 * Waits until `isReady` says so; it may reject as long as the process is not ready.
 *
 * Rejects with one sentence for people, the process stopped, when it ends first or takes too long, and when `signal` is aborted.
 */
export async function waitUntilReady(
  child: Child,
  { name, logFile, isReady, signal }: { name: string; logFile: string; isReady: () => Promise<boolean>; signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  try {
    while (child.running() && Date.now() < deadline) {
      if (await isReady().catch(() => false)) return;
      await sleep(pollMs, undefined, { signal });
    }
    if (!child.running()) throw new Error(`${name} did not start: it ended with ${await child.exited}. Its log is ${logFile}.`);
    throw new Error(`${name} was not ready after ${startTimeoutMs / 1000} s. Its log is ${logFile}.`);
  } catch (error) {
    await child.stop();
    throw error;
  }
}
