import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { type Child, startChild } from '../dev/child.ts';

const readyTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;

/** Node processes of this project, their output in files of `dir`, with `env` and as little as possible of the environment around. */
export function createProcesses(dir: string, env: Record<string, string>) {
  async function spawn(script: string, { flags = [], args = [] }: { flags?: readonly string[]; args?: readonly string[] }, more: Record<string, string>) {
    const logFile = join(dir, `${basename(script, '.ts')}.log`);
    const child = await startChild({
      command: process.execPath,
      args: [...flags, join(import.meta.dirname, '..', script), ...args],
      env: { ...neutralEnvironment(), ...env, ...more },
      logFile,
      stopSignal: 'SIGTERM',
      stopTimeoutMs,
    });
    const complain = async (what: string) => new Error(`${script} ${what}; its log ends with:\n${(await readFile(logFile, 'utf8')).slice(-2_000)}`);
    return { child, complain };
  }

  return {
    /** Runs a script to its end. */
    async run(script: string, args: readonly string[]): Promise<void> {
      const { child, complain } = await spawn(script, { args }, {});
      const end = await child.exited;
      if (end !== 'code 0') throw await complain(`ended with ${end}`);
    },

    /** Starts a script, Node with these flags, and resolves once `isReady` says so. */
    async start(script: string, more: Record<string, string>, isReady: () => Promise<boolean>, flags: readonly string[] = []): Promise<Child> {
      const { child, complain } = await spawn(script, { flags }, more);
      const deadline = Date.now() + readyTimeoutMs;
      while (!(await isReady().catch(() => false))) {
        if (!child.running()) throw await complain(`ended with ${await child.exited}`);
        if (Date.now() > deadline) {
          await child.stop();
          throw await complain(`was not ready after ${readyTimeoutMs / 1000} s`);
        }
        await sleep(50);
      }
      return child;
    },
  };
}

/** What people have set for a Foyer, a Postgres or a Temporal of theirs is not for the ones that are measured. */
function neutralEnvironment(): NodeJS.ProcessEnv {
  const theirs = /^(FOYER_|TEMPORAL_|DATABASE_|PG|PORT$|LOG_LEVEL$)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name))), NODE_ENV: 'production' };
}

/** Whether something answers there. */
export function answers(url: string): () => Promise<boolean> {
  return async () => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
}

/** Whether a worker that has come since asks for tasks; the server lists one that has gone for a while. */
export function polls({ connection, options: { namespace } }: Client, taskQueue: string): () => Promise<boolean> {
  const sinceMs = Date.now();
  const workflowTasks = 1;
  return async () => {
    const { pollers } = await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: workflowTasks });
    return pollers.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 >= sinceMs);
  };
}
