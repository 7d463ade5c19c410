import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { type ActivityDeps, createActivities } from '../activities/index.ts';
import { preloadModules, workflowsPath } from './bundle.ts';
import type { WorkerConfig } from './config.ts';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  /** What the activities work with. */
  deps: ActivityDeps;
  config: Pick<WorkerConfig, 'taskQueue' | 'workflowBundle' | 'version'>;
}

const autoscaling = { type: 'autoscaling', initial: 5, maximum: 50 } as const;

/** How a worker works, whatever it works at. Pollers grow with the load, which keeps the tail short. */
export const workerSettings = {
  maxConcurrentWorkflowTaskExecutions: 100,
  // Thousands wait for days and wake seldom; an evicted one is replayed in milliseconds, a cached one holds memory all the time.
  maxCachedWorkflows: 500,
  workflowTaskPollerBehavior: autoscaling,
  activityTaskPollerBehavior: autoscaling,
  // As often as an activity beats: the default of four fifths of its time leaves a busy machine three seconds.
  maxHeartbeatThrottleInterval: '5 seconds',
  // Above the longest activity (its statements end after ten seconds), so that a deploy cuts none; an export pack with much to draw stops between two reports.
  shutdownGraceTime: '15 seconds',
} as const satisfies Partial<WorkerOptions>;

/** A worker for all of Foyer's workflows and activities. */
export async function createWorker(parts: WorkerParts): Promise<Worker> {
  return Worker.create(workerOptions(parts));
}

/** What such a worker is made with, for whoever makes it in another way. */
export function workerOptions({ connection, namespace, deps, config }: WorkerParts): WorkerOptions {
  const versioning: Pick<WorkerOptions, 'workerDeploymentOptions'> = config.version
    ? { workerDeploymentOptions: { version: config.version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' } }
    : {};
  return {
    connection,
    namespace,
    taskQueue: config.taskQueue,
    ...(config.workflowBundle ? { workflowBundle: { codePath: config.workflowBundle } } : { workflowsPath, bundlerOptions: { preloadModules } }),
    activities: createActivities(deps),
    ...workerSettings,
    ...versioning,
  };
}
