import { fileURLToPath } from 'node:url';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Worker } from '@temporalio/worker';
import { workerSettings } from '../worker/create-worker.ts';
import { doNothing } from './do-nothing.ts';
import { floorTaskQueue } from './floor.ts';

// A process like `worker/main.ts`, with the same settings, for the workflows that Foyer's are measured against.
const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
const connection = await NativeConnection.connect(connectionOptions);
const workflowsPath = fileURLToPath(new URL('./workflows/index.ts', import.meta.url));
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: floorTaskQueue,
  workflowsPath,
  bundlerOptions: { preloadModules: [workflowsPath] },
  activities: { doNothing },
  ...workerSettings,
});
await worker.run();
await connection.close();
