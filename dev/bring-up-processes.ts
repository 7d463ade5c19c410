import { Connection } from '@temporalio/client';
import type { PreparedDatabase } from '../db/prepare.ts';
import { workerNodeFlags } from '../worker/node-flags.ts';
import { defaultTaskQueue } from '../workflows/contract.ts';
import type { BroughtUpTemporal } from './bring-up-temporal.ts';
import { startFoyerProcess, waitUntilReady } from './foyer-process.ts';
import type { StartContext } from './start-context.ts';
import { type Stoppable, supervise } from './supervise.ts';

interface Process {
  /** In a sentence, and on its line. */
  name: string;
  label: string;
  where: string;
  log: 'api' | 'worker';
  script: string;
  nodeFlags: readonly string[];
  env: NodeJS.ProcessEnv;
  isReady: () => Promise<boolean>;
}

/**
 * Starts the worker and the API side by side and waits until both can work.
 *
 * @param onUp told each as soon as it is ready
 */
export async function bringUpProcesses(
  context: StartContext,
  database: PreparedDatabase,
  temporal: BroughtUpTemporal,
  onUp: (process: Stoppable) => void,
): Promise<void> {
  const { settings, secrets } = context;
  const url = `http://127.0.0.1:${settings.port}`;
  const common = { ...temporal.env, FOYER_PUBLIC_URL: process.env['FOYER_PUBLIC_URL'] || url, FOYER_SECRET_KEY: secrets.secretKey };
  const mail = mailEnvironment(context);
  const connection = await Connection.connect(temporal.connectionOptions);
  const taskQueue = process.env['FOYER_TASK_QUEUE'] ?? defaultTaskQueue;
  const worker: Process = {
    name: 'The worker',
    label: 'Worker',
    where: `on task queue ${taskQueue}`,
    log: 'worker',
    script: 'worker/main.ts',
    nodeFlags: workerNodeFlags,
    // The API is on this machine, wherever the outside finds it.
    env: { ...common, ...mail.worker, DATABASE_URL: database.workerUrl, FOYER_CHECK_URL: process.env['FOYER_CHECK_URL'] || url },
    isReady: pollsSince(connection, temporal.namespace, taskQueue, Date.now()),
  };
  const api: Process = {
    name: 'The API',
    label: 'API',
    where: url,
    log: 'api',
    script: 'api/server.ts',
    nodeFlags: [],
    env: {
      ...common,
      ...mail.api,
      DATABASE_URL: database.apiUrl,
      PORT: String(settings.port),
      FOYER_OPERATOR_KEY: secrets.operatorKey,
    },
    isReady: async () => (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok,
  };
  try {
    const both = await Promise.allSettled([worker, api].map((part) => bringUpProcess(context, part, onUp)));
    for (const outcome of both) if (outcome.status === 'rejected') throw outcome.reason;
  } finally {
    await connection.close();
  }
}

/** A mail server of somebody's where one is named; a directory of the home otherwise, which the API shows as long as only this machine reaches it. */
function mailEnvironment({ settings, home }: StartContext): { worker: NodeJS.ProcessEnv; api: NodeJS.ProcessEnv } {
  const { smtp } = settings;
  if (smtp) {
    const worker = { SMTP_URL: smtp.url, MAIL_FROM: smtp.from, FOYER_DEV_MAIL_DIR: undefined };
    return { worker, api: { FOYER_DEV_MAIL_DIR: undefined } };
  }
  const directory = { FOYER_DEV_MAIL_DIR: home.file('mail') };
  const shown = (process.env['FOYER_HOST'] || '127.0.0.1') === '127.0.0.1';
  return { worker: { SMTP_URL: undefined, MAIL_FROM: undefined, ...directory }, api: shown ? directory : { FOYER_DEV_MAIL_DIR: undefined } };
}

async function bringUpProcess({ home, children, progress, signal }: StartContext, part: Process, onUp: (process: Stoppable) => void): Promise<void> {
  const logFile = home.logFile(part.log);
  const { name, script, nodeFlags, env, isReady } = part;
  const start = () => startFoyerProcess({ script, nodeFlags, env, logFile, onSpawn: (pid) => children.add(part.label, script, pid) });
  await progress.step(
    part.label,
    () => part.where,
    async () => {
      const child = await start();
      await waitUntilReady(child, { name, logFile, isReady, signal });
      onUp(supervise(child, { name, logFile, start, say: progress.say }));
    },
  );
}

/** Whether a worker has asked for tasks since; the server still lists the pollers of a worker that has just gone. */
function pollsSince(connection: Connection, namespace: string, taskQueue: string, sinceMs: number): () => Promise<boolean> {
  return async () => {
    const workflowTasks = 1;
    const { pollers } = await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: workflowTasks });
    return pollers.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 >= sinceMs - 1000);
  };
}
