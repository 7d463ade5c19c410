import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, inject } from 'vitest';
import { type Activities, createActivities } from '../../activities/index.ts';
import { workerSettings } from '../../worker/create-worker.ts';
import type { TestDatabase } from './database.ts';

/** A queue that no other test file polls: `const taskQueue = newTaskQueue();`. */
export function newTaskQueue(): string {
  return `test-${randomUUID()}`;
}

/** A client of the run's Temporal server for this test file: `const temporal = await temporalClient();` at its top. */
export async function temporalClient(): Promise<Client> {
  const { address, namespace } = inject('temporal');
  const connection = await Connection.connect({ address });
  afterAll(() => connection.close());
  return new Client({ connection, namespace });
}

export interface TestWorker extends AsyncDisposable {
  taskQueue: string;
  /** Lets what runs come to its end, then resolves. */
  stop(): Promise<void>;
}

export interface TestWorkerOptions {
  taskQueue: string;
  /** The worker's database. */
  database: TestDatabase;
  /** Replaces some activities: to fail, to hold, to count. */
  activities?: (real: Activities) => Partial<Activities>;
}

/** A worker of this run's workflows and activities, polling until it is stopped or disposed of. */
export async function startWorker({ taskQueue, database, activities = () => ({}) }: TestWorkerOptions): Promise<TestWorker> {
  quietRuntime();
  const { address, namespace } = inject('temporal');
  const connection = await NativeConnection.connect({ address });
  const real = createActivities(database.worker);
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: inject('workflowBundlePath') },
    activities: { ...real, ...activities(real) },
    ...workerSettings,
  });
  const running = worker.run();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      worker.shutdown();
      await running;
      await connection.close();
    })();
    return stopped;
  };
  return { taskQueue, stop, [Symbol.asyncDispose]: stop };
}

/** A worker for this test file: `await testWorker({ taskQueue, database });` at its top. Call it behind `testDatabase`, so that it stops first. */
export async function testWorker(options: TestWorkerOptions): Promise<TestWorker> {
  const worker = await startWorker(options);
  afterAll(worker.stop);
  return worker;
}

let quiet = false;
/** A runtime can be installed once a process, before anything uses it. */
function quietRuntime(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { filter: 'ERROR' } } });
}
