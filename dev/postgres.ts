import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Child, startChild } from './child.ts';
import { freePort } from './ports.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { initialiseCluster } from './postgres-cluster.ts';
import { asPostgresUser, findPostgresUser } from './postgres-user.ts';
import { commandLineOf, endProcess } from './process-identity.ts';

const startTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;

export interface PostgresOptions {
  /** Keeps the data, the superuser's password and, if no `logFile` is given, the log. Made when it is not there. */
  dir: string;
  /** A port of the loopback address; a free one when left out. */
  port?: number;
  logFile?: string;
  /** `false` trades the safety of the data for speed: for tests. Default `true`. */
  durable?: boolean;
  /** Default 200. */
  maxConnections?: number;
  /** Further server settings; they win over everything chosen here. */
  settings?: Readonly<Record<string, string | number | boolean>>;
  /** Told the server's pid as soon as it has one. */
  onSpawn?: (pid: number) => Promise<void>;
}

export interface Postgres {
  /** Superuser's URL of the database `postgres`. */
  adminUrl: string;
  port: number;
  pid: number;
  /** Resolves when the server has gone, wanted or not, with how it went. */
  exited: Promise<string>;
  /** Ends all connections and shuts down cleanly. */
  stop(): Promise<void>;
}

/**
 * Starts Postgres 18 on the loopback address, making its data directory on the first start. A server that still runs on the same
 * directory, left by a parent that was killed, is shut down first.
 *
 * Rejects with one sentence for people when the server does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  await mkdir(options.dir, { recursive: true, mode: 0o711 });
  const dir = await realpath(options.dir);
  const dataDir = join(dir, 'data');
  const logFile = options.logFile ?? join(dir, 'postgres.log');
  const durable = options.durable ?? true;
  const binaries = await findPostgresBinaries();
  const user = await findPostgresUser([dirname(binaries.postgres), dir]);
  const password = await initialiseCluster({ dir, dataDir, binaries, user, durable });
  await endStalePostmaster(dataDir);

  const port = options.port ?? (await freePort());
  const logSize = (await readOrEmpty(logFile)).length;
  const child = await startChild({
    ...asPostgresUser(user, binaries.postgres, ['-D', dataDir, ...serverSettings(port, durable, options)]),
    logFile,
    stopSignal: 'SIGINT',
    stopTimeoutMs,
    ...(options.onSpawn === undefined ? {} : { onSpawn: options.onSpawn }),
  });
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  try {
    await waitUntilReady(child, dataDir, adminUrl);
  } catch (error) {
    await child.stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Postgres did not start: ${(await lastComplaint(logFile, logSize)) ?? reason} Its log is ${logFile}.`);
  }
  return {
    adminUrl,
    port,
    pid: child.pid,
    exited: child.exited,
    stop: child.stop,
  };
}

function serverSettings(port: number, durable: boolean, options: PostgresOptions): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: options.maxConnections ?? 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    ...(durable ? {} : { fsync: false, synchronous_commit: false, full_page_writes: false }),
    ...options.settings,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Shuts down a server left on this data directory; a pid file that names somebody else's process is only a leftover and goes. */
async function endStalePostmaster(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const pid = Number.parseInt((await readOrEmpty(pidFile)).split('\n')[0] ?? '', 10);
  if (!(pid > 0)) return;
  const isPostmaster = async () => {
    const commandLine = (await commandLineOf(pid)) ?? '';
    return commandLine.includes('postgres') && commandLine.includes(dataDir);
  };
  await endProcess(pid, isPostmaster, ['SIGINT', 'SIGQUIT', 'SIGKILL'], 10_000);
  await rm(pidFile, { force: true });
}

/** Postgres writes its state into the last line of its pid file; a connection then proves that the password is right as well. */
async function waitUntilReady(child: Child, dataDir: string, adminUrl: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (!child.running()) throw new Error(`it ended with ${await child.exited}.`);
    const [pid, , , , , , , state] = (await readOrEmpty(join(dataDir, 'postmaster.pid'))).split('\n');
    if (Number(pid) === child.pid && state?.trim() === 'ready') return proveConnection(adminUrl);
    await sleep(25);
  }
  throw new Error(`it was not ready after ${startTimeoutMs / 1000} s.`);
}

async function proveConnection(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.end();
}

async function lastComplaint(logFile: string, from: number): Promise<string | undefined> {
  const complaint = (await readOrEmpty(logFile))
    .slice(from)
    .split('\n')
    .findLast((line) => /\b(FATAL|PANIC): /.test(line));
  return complaint?.replace(/^.*\b(?:FATAL|PANIC):\s+/, '').concat('.');
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
