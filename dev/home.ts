import { access, constants, link, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { writeJsonFile } from './json-file.ts';
import { bornAt } from './process-identity.ts';

const ownerSchema = z.object({ pid: z.number(), born: z.string().optional(), stopping: z.boolean() });
const logs = ['api', 'worker', 'postgres', 'temporal'] as const;
const largestLogBytes = 10_000_000;
/** A Foyer that has lost its npm notices within this time and begins to stop. */
const noticeTimeoutMs = 2_000;
/** A Foyer that stops is through within this time. */
const stopTimeoutMs = 60_000;

export interface Home {
  dir: string;
  file(name: string): string;
  logFile(name: (typeof logs)[number]): string;
  /** Tells a Foyer that wants this home that it need not wait long; nobody, where the home is full, or somebody has removed it. */
  announceStop(): Promise<void>;
  /** Lets another Foyer use this home. */
  release(): Promise<void>;
}

/**
 * Makes the home if need be and claims it for this process.
 *
 * Rejects with one sentence for people when it cannot be written, or when another Foyer runs on it.
 */
export async function openHome(dir: string): Promise<Home> {
  await makeWritable(dir);
  const lockFile = join(dir, 'foyer.lock');
  await claim(dir, lockFile);
  const home: Home = {
    dir,
    file: (name) => join(dir, name),
    logFile: (name) => join(dir, 'logs', `${name}.log`),
    // Everything has to stop all the same.
    announceStop: async () => writeJsonFile(lockFile, await thisProcess(true)).catch(() => undefined),
    release: () => rm(lockFile, { force: true }),
  };
  await Promise.all(logs.map((name) => setAsideLargeLog(home.logFile(name))));
  return home;
}

async function makeWritable(dir: string): Promise<void> {
  try {
    // Postgres runs as another user when this is root, and has to walk through.
    await mkdir(dir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await mkdir(join(dir, 'logs'), { recursive: true, mode: 0o700 });
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Foyer cannot keep its data in ${dir} (${reason}). Make it writable, or set FOYER_HOME to another directory.`);
  }
}

async function claim(dir: string, lockFile: string): Promise<void> {
  const mine = `${lockFile}.${process.pid}`;
  await writeJsonFile(mine, await thisProcess(false));
  const startedAt = Date.now();
  try {
    while (!(await linkIfAbsent(mine, lockFile))) {
      const owner = await readOwner(lockFile);
      if (owner === 'gone') continue;
      if (owner === undefined || !(await isAlive(owner))) await removeLeftBehind(lockFile, mine);
      else if (Date.now() - startedAt < (owner.stopping ? stopTimeoutMs : noticeTimeoutMs)) await sleep(100);
      else throw new Error(`Another Foyer (process ${owner.pid}) runs on ${dir}. Stop it, or set FOYER_HOME to another directory.`);
    }
  } finally {
    await rm(mine, { force: true });
  }
}

/** A link appears with its content, unlike a file that is made and then written, so that nobody takes a lock for a damaged one. */
async function linkIfAbsent(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a lock whose owner is dead: one process at a time, and each looks again when it is its turn. Of two that found the same dead owner, the later one
 * would else remove the lock that the earlier one has made meanwhile, and both would have the home.
 */
async function removeLeftBehind(lockFile: string, mine: string): Promise<void> {
  const turn = `${lockFile}.turn`;
  if (await linkIfAbsent(mine, turn)) {
    try {
      if (await isLeftBehind(lockFile)) await rm(lockFile, { force: true });
    } finally {
      await rm(turn, { force: true });
    }
  } else if (await isLeftBehind(turn)) await removeLeftBehind(turn, mine);
  else await sleep(10);
}

async function isLeftBehind(lockFile: string): Promise<boolean> {
  const owner = await readOwner(lockFile);
  return owner === undefined || (owner !== 'gone' && !(await isAlive(owner)));
}

type Owner = z.infer<typeof ownerSchema>;

async function thisProcess(stopping: boolean): Promise<Owner> {
  return { pid: process.pid, born: await bornAt(process.pid), stopping };
}

/** @returns `undefined` for a damaged lock, which nobody has */
async function readOwner(lockFile: string): Promise<Owner | 'gone' | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(lockFile, 'utf8')));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : undefined;
  }
}

async function isAlive(owner: Owner): Promise<boolean> {
  return owner.pid !== process.pid && owner.born !== undefined && (await bornAt(owner.pid)) === owner.born;
}

async function setAsideLargeLog(file: string): Promise<void> {
  try {
    if ((await stat(file)).size > largestLogBytes) await rename(file, `${file}.old`);
  } catch {
    // There is no log yet.
  }
}
