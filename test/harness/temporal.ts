import { randomBytes, randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, inject } from 'vitest';
import { createSecretBox, type SecretBox } from '../../db/secret-box.ts';
import type { TestDatabase } from './database.ts';
import { type FoyerWorker, startFoyerWorker } from './foyer-worker.ts';

/** Twice as long as a caller waits: a machine whose cores are all busy may lose a task, and be slow beside. */
export const commandTimeoutMs = 30_000;

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

export interface TestWorkerOptions {
  taskQueue: string;
  /** The worker's database. */
  database: TestDatabase;
  secrets?: SecretBox;
  /** Where the API's pages are; nowhere for what shares nothing. */
  checkUrl?: string;
}

/** A worker of this run's workflows and activities, polling until it is stopped or disposed of. */
export async function startWorker(options: TestWorkerOptions): Promise<FoyerWorker> {
  const { taskQueue, database, secrets = createSecretBox(randomBytes(32)), checkUrl = 'http://127.0.0.1:9' } = options;
  const { address } = inject('temporal');
  const deps = { db: database.worker, secrets, checkUrl };
  return startFoyerWorker({ address, taskQueue, deps, workflowBundle: inject('workflowBundlePath') });
}

/** A worker for this test file: `await testWorker({ taskQueue, database });` at its top. Call it behind `testDatabase`, so that it stops first. */
export async function testWorker(options: TestWorkerOptions): Promise<FoyerWorker> {
  const worker = await startWorker(options);
  afterAll(worker.stop);
  return worker;
}
