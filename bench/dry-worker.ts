import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Worker } from '@temporalio/worker';
import { workerSettings } from '../worker/create-worker.ts';
import { drySteps, dryTaskQueue } from './dry-steps.ts';

// A process like `worker/main.ts`, with the same settings and the same workflows, which never asks a database.
const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
const codePath = process.env['FOYER_WORKFLOW_BUNDLE'];
if (!codePath) throw new Error('FOYER_WORKFLOW_BUNDLE must name the workflows as one script');
const connection = await NativeConnection.connect(connectionOptions);
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: dryTaskQueue,
  workflowBundle: { codePath },
  activities: drySteps,
  ...workerSettings,
});
await worker.run();
await connection.close();
