import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { prepareDatabase } from '../db/prepare.ts';
import type { Child } from '../dev/child.ts';
import { freePort } from '../dev/ports.ts';
import { startPostgres } from '../dev/postgres.ts';
import { startTemporal } from '../dev/temporal.ts';
import { workerNodeFlags } from '../worker/node-flags.ts';
import { defaultTaskQueue, searchAttributes } from '../workflows/contract.ts';
import { dryTaskQueue } from './dry-steps.ts';
import { floorTaskQueue } from './floor.ts';
import { answers, createProcesses, polls } from './processes.ts';

/** Everything that is measured, in processes of its own on this machine, and what the measuring needs to reach it. */
export interface Stage extends AsyncDisposable {
  client: Client;
  /** Superuser of Foyer's database. */
  admin: pg.Pool;
  api: { url: string; operatorKey: string };
  /** Brings Postgres's statistics up to date, as it does by itself within a minute; until then it works by the plans of empty tables. */
  countRows(): Promise<void>;
  /** Foyer's worker; a new one each time, the one before it stopped. */
  restartWorker(): Promise<Child>;
  /** Starts a Node script on a free port and resolves to its URL once it answers. */
  serve(script: string, env: Record<string, string>): Promise<string>;
  /** Says what is going on, to whoever waits. */
  say(line: string): void;
}

/** Brings it all up in a temporary directory. Disposing of it stops the processes and removes the directory. */
export async function openStage(say: (line: string) => void): Promise<Stage> {
  const parts = new AsyncDisposableStack();
  try {
    return { ...(await bringUp(parts, say)), say, [Symbol.asyncDispose]: () => parts.disposeAsync() };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function bringUp(parts: AsyncDisposableStack, say: Stage['say']): Promise<Omit<Stage, 'say' | keyof AsyncDisposable>> {
  const stoppable = <Part extends { stop(): Promise<void> }>(part: Part): Part => {
    parts.defer(() => part.stop());
    return part;
  };
  const dir = await mkdtemp(join(tmpdir(), 'foyer-bench-'));
  parts.defer(() => rm(dir, { recursive: true, force: true }));
  // Postgres may run as a user of its own, who has to get through.
  await chmod(dir, 0o711);

  say('Starting Postgres and Temporal');
  const [postgres, temporal] = await Promise.all([
    startPostgres({ dir: join(dir, 'postgres'), durable: true }).then(stoppable),
    startTemporal({ searchAttributes: Object.values(searchAttributes) }).then(stoppable),
  ]);
  const passwords = { owner: secret(), worker: secret(), api: secret() };
  const database = await prepareDatabase({ adminUrl: postgres.adminUrl, database: 'foyer', passwords });
  const admin = new pg.Pool({ connectionString: postgres.adminUrl.replace(/\/postgres$/, '/foyer'), max: 2 });
  parts.defer(() => admin.end());
  const connection = await Connection.connect({ address: temporal.address });
  parts.defer(() => connection.close());
  const client = new Client({ connection, namespace: temporal.namespace });

  say('Building the workflows, starting API and workers');
  const processes = createProcesses(dir, { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace });
  const workflowBundle = join(dir, 'workflows.js');
  await processes.run('worker/bundle-main.ts', [workflowBundle]);

  const FOYER_SECRET_KEY = randomBytes(32).toString('base64');
  const apiPort = await freePort();
  const ofWorker = {
    DATABASE_URL: database.workerUrl,
    FOYER_SECRET_KEY,
    FOYER_CHECK_URL: `http://127.0.0.1:${apiPort}`,
    FOYER_DEV_MAIL_DIR: join(dir, 'mail'),
    FOYER_WORKFLOW_BUNDLE: workflowBundle,
  };
  const startWorker = () => processes.start('worker/main.ts', ofWorker, polls(client, defaultTaskQueue), workerNodeFlags).then(stoppable);
  const serveAt = async (port: number, script: string, env: Record<string, string>) => {
    const url = `http://127.0.0.1:${port}`;
    stoppable(await processes.start(script, { ...env, PORT: String(port) }, answers(`${url}/healthz`)));
    return url;
  };
  const serve = async (script: string, env: Record<string, string>) => serveAt(await freePort(), script, env);
  const operatorKey = secret();
  const [firstWorker, url] = await Promise.all([
    startWorker(),
    serveAt(apiPort, 'api/server.ts', {
      DATABASE_URL: database.apiUrl,
      FOYER_OPERATOR_KEY: operatorKey,
      FOYER_SECRET_KEY,
      // What it can carry is measured, not what one caller may ask for.
      FOYER_REQUESTS_PER_CALLER: '1000000',
      FOYER_REQUESTS_PER_ACCOUNT: '1000000',
    }),
    processes.start('bench/floor-worker.ts', {}, polls(client, floorTaskQueue), workerNodeFlags).then(stoppable),
    processes.start('bench/dry-worker.ts', { FOYER_WORKFLOW_BUNDLE: workflowBundle }, polls(client, dryTaskQueue), workerNodeFlags).then(stoppable),
  ]);

  let worker = firstWorker;
  return {
    client,
    admin,
    api: { url, operatorKey },
    async countRows() {
      await admin.query('analyze');
    },
    async restartWorker() {
      await worker.stop();
      worker = await startWorker();
      return worker;
    },
    serve,
  };
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
