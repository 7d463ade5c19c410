import { setTimeout as sleep } from 'node:timers/promises';

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** What ran this long gets the short pause again. */
const steadyMs = 30_000;

export interface Stoppable {
  stop(): Promise<void>;
}

export interface Running extends Stoppable {
  exited: Promise<string>;
}

export interface SupervisedOptions {
  /** What people call it: `Postgres`, `The worker`. */
  name: string;
  logFile: string;
  start(): Promise<Running>;
  say(line: string): void;
}

/** Starts `first` again whenever it ends by itself, ever more slowly while it keeps ending, saying so each time; until it is stopped. */
export function supervise(first: Running, { name, logFile, start, say }: SupervisedOptions): Stoppable {
  const stopping = new AbortController();
  let current: Running | undefined = first;

  async function keepRunning(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const how = await current?.exited;
      if (stopping.signal.aborted) return;
      if (how !== undefined) say(`${name} ended with ${how} and is started again. Its log is ${logFile}.`);
      if (Date.now() - startedAt > steadyMs) pauseMs = firstPauseMs;
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      if (!stopping.signal.aborted) current = await startOrComplain();
    }
  }

  async function startOrComplain(): Promise<Running | undefined> {
    try {
      const next = await start();
      say(`${name} runs again.`);
      return next;
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  const kept = keepRunning();
  return {
    async stop() {
      stopping.abort();
      await current?.stop();
      await kept;
      // A restart that was under way when the stop came has made another one.
      await current?.stop();
    },
  };
}
