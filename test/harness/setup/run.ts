import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vitest } from 'vitest/node';

/** What a part of the run is started with. */
export interface Run {
  /** For files of this run; gone afterwards. */
  directory: string;
  /** Called when all tests are through, at the same time as the other parts' ends. */
  atEnd(stop: () => Promise<void>): void;
}

declare global {
  /** Every kind's global setup evaluates its modules anew, so what was started is kept on the one thing they have in common. */
  var foyerTestRun: { run: Promise<Run>; parts: Map<string, Promise<unknown>> } | undefined;
}

/** Starts a part of the run, once for all kinds that ask for it. */
export function once<T>(vitest: Vitest, name: string, start: (run: Run) => Promise<T>): Promise<T> {
  globalThis.foyerTestRun ??= { run: beginRun(vitest), parts: new Map() };
  const { run, parts } = globalThis.foyerTestRun;
  const part = parts.get(name) ?? run.then(start);
  parts.set(name, part);
  // A name belongs to one file, which always starts the same.
  return part as Promise<T>;
}

async function beginRun(vitest: Vitest): Promise<Run> {
  const directory = await mkdtemp(join(await quickDirectory(), 'foyer-test-'));
  // Postgres may run as a user of its own, who has to get through.
  await chmod(directory, 0o711);
  const stops: (() => Promise<void>)[] = [];
  vitest.onClose(async () => {
    await Promise.allSettled(stops.map((stop) => stop()));
    await rm(directory, { recursive: true, force: true });
  });
  return { directory, atEnd: (stop) => stops.push(stop) };
}

/** Linux has one in memory: a database of five hundred files is copied there in a tenth of the processor time. Not where containers keep it small. */
async function quickDirectory(): Promise<string> {
  const inMemory = '/dev/shm';
  const { bavail, bsize } = await statfs(inMemory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= 2 ** 31 ? inMemory : tmpdir();
}
