import { hostname } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { defaultTaskQueue } from '../workflows/contract.ts';

// Health check of the worker's container: the worker, process 1 there, has asked Temporal for tasks within the last minutes.
const recentMs = 3 * 60_000;
const workflowTasks = 1;

const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
const connection = await Connection.connect(connectionOptions);
const { workflowService } = new Client({ connection, namespace });
const { pollers } = await workflowService.describeTaskQueue({
  namespace,
  taskQueue: { name: process.env['FOYER_TASK_QUEUE'] ?? defaultTaskQueue },
  taskQueueType: workflowTasks,
});
// The identity that the SDK gives a worker.
const identity = `1@${hostname()}`;
const polls = pollers.some((poller) => poller.identity === identity && Number(poller.lastAccessTime?.seconds ?? 0) * 1000 > Date.now() - recentMs);
await connection.close();
process.exitCode = polls ? 0 : 1;
