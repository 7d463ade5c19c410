import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { createTemporalGateway } from '../../api/temporal.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import { startTemporal, type TemporalOptions } from '../../dev/temporal.ts';
import { searchAttributes } from '../../workflows/contract.ts';
import type { TestDatabase } from '../harness/database.ts';
import { startFoyerWorker } from '../harness/foyer-worker.ts';
import { frontDoor } from '../harness/front-door.ts';
import type { Stage } from '../harness/stage.ts';

/** A Temporal server, outside of any test run, with a worker for the database, until it is disposed of. */
export async function openRecordingStage(database: TestDatabase, dynamicConfig: TemporalOptions['dynamicConfig'] = {}): Promise<Stage & AsyncDisposable> {
  const server = await startTemporal({ searchAttributes: Object.values(searchAttributes), dynamicConfig });
  const { address } = server;
  const taskQueue = 'foyer';
  const connection = await Connection.connect({ address });
  const temporal = new Client({ connection });
  const secrets = createSecretBox(randomBytes(32));
  const door = await frontDoor();
  const worker = await startFoyerWorker({ address, taskQueue, deps: { db: database.worker, secrets, checkUrl: door.url } });
  return {
    database,
    temporal,
    taskQueue,
    address,
    secrets,
    door,
    gateway: createTemporalGateway({ client: temporal, taskQueue, log: pino({ level: 'silent' }) }),
    async [Symbol.asyncDispose]() {
      await worker.stop();
      await door[Symbol.asyncDispose]();
      await connection.close();
      await server.stop();
    },
  };
}
