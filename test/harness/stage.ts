import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, inject } from 'vitest';
import type { ActivityDeps } from '../../activities/index.ts';
import { createTemporalGateway, type TemporalGateway } from '../../api/temporal.ts';
import { createSecretBox, type SecretBox } from '../../db/secret-box.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { type FoyerWorker, startFoyerWorker } from './foyer-worker.ts';
import { type FrontDoor, frontDoor } from './front-door.ts';
import { letGoOfLocks } from './held-lock.ts';
import { commandTimeoutMs, newTaskQueue } from './temporal.ts';

/** What an onboarding runs on: its own database, its own queue, and a worker of the one that polls the other. */
export interface Stage {
  database: TestDatabase;
  temporal: Client;
  taskQueue: string;
  address: string;
  /** Starts, updates and signals as the API does. */
  gateway: TemporalGateway;
  secrets: SecretBox;
  /** Where the worker looks for the API's pages. */
  door: FrontDoor;
}

/** A stage for this test file: `const stage = await openStage();` at its top. Without `address` it is on the run's Temporal server. */
export async function openStage({ address = inject('temporal').address }: { address?: string } = {}): Promise<Stage> {
  const database = await testDatabase();
  const stage = await openStageWithoutWorker(database, address);
  await startStageWorker(stage);
  return stage;
}

/** The same, until somebody starts a worker. */
export async function openStageWithoutWorker(database: TestDatabase, address = inject('temporal').address): Promise<Stage> {
  const connection = await Connection.connect({ address });
  afterAll(() => connection.close());
  const temporal = new Client({ connection });
  const taskQueue = newTaskQueue();
  const gateway = createTemporalGateway({ client: temporal, taskQueue, log: pino({ level: 'silent' }), commandTimeoutMs });
  const door = await frontDoor();
  afterAll(() => door[Symbol.asyncDispose]());
  return { database, temporal, taskQueue, address, gateway, secrets: createSecretBox(randomBytes(32)), door };
}

/** One more worker for the stage; stopped when the file is through, if not before. Within a test whoever starts it stops it: the file forgets it there. */
export async function startStageWorker(
  { address, taskQueue, database, secrets, door }: Stage,
  own: Partial<Pick<ActivityDeps, 'pdfs'>> = {},
): Promise<FoyerWorker> {
  const deps = { db: database.worker, secrets, checkUrl: door.url, ...own };
  const worker = await startFoyerWorker({ address, taskQueue, deps, workflowBundle: inject('workflowBundlePath') });
  afterAll(worker.stop);
  afterAll(letGoOfLocks);
  return worker;
}
