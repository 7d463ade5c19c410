import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { bornAt, commandLineOf, endProcess } from './process-identity.ts';

const recordSchema = z.object({
  name: z.string(),
  pid: z.number(),
  born: z.string(),
  /** Part of the process's command line. */
  mark: z.string(),
});
type ProcessRecord = z.infer<typeof recordSchema>;

const stopTimeoutMs = 20_000;

export interface ChildRegister {
  /** Writes down a child, in place of an earlier one of the same name. */
  add(name: string, mark: string, pid: number): Promise<void>;
  /** To be called when all children have gone. */
  clear(): Promise<void>;
}

/** Keeps the list of this home's children in `file`, for the next start to find those that a killed `npm start` has left behind. */
export function createChildRegister(file: string): ChildRegister {
  const records = new Map<string, ProcessRecord>();
  let written: Promise<unknown> = Promise.resolve();
  return {
    async add(name, mark, pid) {
      const born = await bornAt(pid);
      if (born === undefined) return;
      records.set(name, { name, pid, born, mark });
      const writing = written.then(() => writeJsonFile(file, [...records.values()]));
      // What cannot be written now (a full disk) is told to this child's starter, and stands in no other's way.
      written = writing.catch(() => undefined);
      await writing;
    },
    async clear() {
      await written;
      await rm(file, { force: true });
    },
  };
}

/**
 * Ends the children in `file` that still run, in the order in which a clean stop would. A process counts as one of them when it was born
 * at the same moment and has the same command: a pid alone may be anybody's by now.
 *
 * @returns their names
 */
export async function endOrphans(file: string, order: readonly (readonly string[])[]): Promise<string[]> {
  const records = (await readJsonFile(file, z.array(recordSchema)).catch(() => undefined)) ?? [];
  const running = await Promise.all(records.map(isRunning));
  const orphans = records.filter((_, index) => running[index]);
  for (const names of order) {
    await Promise.all(orphans.filter(({ name }) => names.includes(name)).map(end));
  }
  await rm(file, { force: true });
  return orphans.map(({ name }) => name);
}

async function end(orphan: ProcessRecord): Promise<void> {
  // Postgres would wait for its clients on SIGTERM; on SIGINT it sends them away.
  const signal = orphan.name === 'Postgres' ? 'SIGINT' : 'SIGTERM';
  await endProcess(orphan.pid, () => isRunning(orphan), [signal, 'SIGKILL'], stopTimeoutMs);
}

async function isRunning({ pid, born, mark }: ProcessRecord): Promise<boolean> {
  return (await bornAt(pid)) === born && ((await commandLineOf(pid))?.includes(mark) ?? false);
}
