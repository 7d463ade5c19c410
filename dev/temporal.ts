import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { type SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { type Child, startChild } from './child.ts';
import { freePort } from './ports.ts';
import { findTemporalCli } from './temporal-cli.ts';

const startTimeoutMs = 60_000;
/** A question that is never answered would outlast the limit of the start. */
const answerTimeoutMs = 5_000;
const stopTimeoutMs = 10_000;

const developmentConfig = {
  'frontend.enableServerVersionCheck': false,
  // Without these two each workflow task and timer waits for a tick of 50 ms.
  'history.transferProcessorMaxPollRPS': 5000,
  'history.timerProcessorMaxPollRPS': 5000,
  // Timers (and the pauses between an activity's attempts) fire in whole seconds without it: one of 20 ms took 1003 ms, now 30.
  'history.timerProcessorMaxTimeShift': '10ms',
  // Four partitions of a task queue, shared by one worker, let some tasks wait three times as long as others (p99 1.3 s against 0.5 s).
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  // A worker that stops has its polls answered, empty. Without it they are broken off, and a task that was on its way to one of them is lost: a workflow goes on
  // ten seconds later, an activity fifteen.
  'frontend.enableCancelWorkerPollsOnShutdown': true,
  // The defaults protect a shared cluster: they refuse from 2400 requests and 100 list or count calls a second, and 1200 open long polls.
  'frontend.rps': 100_000,
  'frontend.namespaceRPS': 100_000,
  'frontend.namespaceRPS.visibility': 100_000,
  'frontend.namespaceCount': 100_000,
  'frontend.persistenceMaxQPS': 100_000,
  'history.rps': 100_000,
  'history.persistenceMaxQPS': 100_000,
  'matching.rps': 100_000,
  'matching.persistenceMaxQPS': 100_000,
};

// Workflows finished a second on two cores: server's default 51, wal with full 85, with normal 108, with off 122, memory only 122. All of
// them survive `kill -9` of the server; `off` does not promise to survive the machine losing its power.
const sqlitePragmas = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=off'];

// The server makes much garbage around little that lasts. With more room before each collection, four activities cost it 27 ms of processor
// time instead of 33; the limit keeps the room from growing with what lasts.
const garbageCollection = { GOGC: '400', GOMEMLIMIT: '1GiB' };

export interface TemporalOptions {
  /** The Temporal CLI's path; looked for, and fetched if need be, when left out. */
  cli?: string;
  /** Keeps everything in this file, whose directory has to be there; memory only when left out. */
  dbFilename?: string;
  /** Default `default`. */
  namespace?: string;
  /** A port of the loopback address; a free one when left out. */
  port?: number;
  /** Serves the UI there; no UI when left out. */
  uiPort?: number;
  searchAttributes: readonly { name: string; type: SearchAttributeType }[];
  /** The server's output is appended to it; dropped when left out. */
  logFile?: string;
  /** Further dynamic configuration of the server, values as JSON; it wins over what is chosen here. */
  dynamicConfig?: Readonly<Record<string, string | number | boolean>>;
  /** Told the server's pid as soon as it has one. */
  onSpawn?: (pid: number) => Promise<void>;
}

export interface Temporal {
  address: string;
  namespace: string;
  uiUrl?: string;
  pid: number;
  /** Resolves when the server has gone, wanted or not, with how it went. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts Temporal's development server on the loopback address. It resolves when the namespace answers and has all search attributes;
 * those that an existing database file has already are left as they are.
 *
 * The server is our own child rather than `TestWorkflowEnvironment.createLocal`'s: that one writes the server's log over the terminal, lets
 * a Ctrl-C end the server before its workers, kills it to stop it, gives up after five seconds and never says when it has died.
 *
 * Rejects with one sentence for people when the server does not come up.
 */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const namespace = options.namespace ?? 'default';
  const [command, port] = await Promise.all([options.cli ?? findTemporalCli(), options.port ?? freePort()]);
  const child = await startChild({
    command,
    args: serverArguments(options, namespace, port),
    env: { ...garbageCollection, ...process.env },
    stopSignal: 'SIGTERM',
    stopTimeoutMs,
    ...(options.logFile === undefined ? {} : { logFile: options.logFile }),
    ...(options.onSpawn === undefined ? {} : { onSpawn: options.onSpawn }),
  });
  const address = `127.0.0.1:${port}`;
  try {
    await waitUntilReady(
      child,
      address,
      namespace,
      options.searchAttributes.map(({ name }) => name),
    );
  } catch (error) {
    await child.stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Temporal did not start: ${reason}${options.logFile === undefined ? '' : ` Its log is ${options.logFile}.`}`);
  }
  return {
    address,
    namespace,
    ...(options.uiPort === undefined ? {} : { uiUrl: `http://127.0.0.1:${options.uiPort}` }),
    pid: child.pid,
    exited: child.exited,
    stop: child.stop,
  };
}

function serverArguments(options: TemporalOptions, namespace: string, port: number): string[] {
  const dynamicConfig = { ...developmentConfig, ...options.dynamicConfig };
  return [
    ...['server', 'start-dev', '--disable-config-file', '--disable-config-env', '--log-format', 'json', '--log-level', 'warn'],
    ...['--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace],
    ...(options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort), '--ui-disable-news-fetch']),
    ...(options.dbFilename === undefined ? [] : ['--db-filename', options.dbFilename, ...sqlitePragmas]),
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${JSON.stringify(value)}`]),
    ...options.searchAttributes.flatMap(({ name, type }) => ['--search-attribute', `${name}=${TypedSearchAttributes.toMetadataType(type)}`]),
  ];
}

async function waitUntilReady(child: Child, address: string, namespace: string, searchAttributes: readonly string[]): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  let reason = 'no answer';
  while (Date.now() < deadline) {
    if (!child.running()) throw new Error(`it ended with ${await child.exited}.`);
    try {
      const missing = await missingSearchAttributes(address, namespace, searchAttributes);
      if (missing.length === 0) return;
      reason = `search attributes ${missing.join(', ')} are missing`;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    await sleep(50);
  }
  throw new Error(`it was not ready after ${startTimeoutMs / 1000} s (${reason}).`);
}

async function missingSearchAttributes(address: string, namespace: string, wanted: readonly string[]): Promise<string[]> {
  const connection = await Connection.connect({ address, connectTimeout: 500 });
  try {
    const { customAttributes } = await connection.withDeadline(Date.now() + answerTimeoutMs, async () => {
      await connection.workflowService.describeNamespace({ namespace });
      return connection.operatorService.listSearchAttributes({ namespace });
    });
    return wanted.filter((name) => !(name in customAttributes));
  } finally {
    await connection.close();
  }
}
