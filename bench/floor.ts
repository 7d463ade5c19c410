import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type * as workflows from './workflows/index.ts';

/** Where the floor's worker polls. */
export const floorTaskQueue = 'bench-floor';

/** Starts the empty workflow and nothing more. */
export function startEmpty({ workflow }: Client): Promise<WorkflowHandle<typeof workflows.empty>> {
  return workflow.start<typeof workflows.empty>('empty', { taskQueue: floorTaskQueue, workflowId: `empty/${randomUUID()}` });
}

/** Runs four steps that do nothing, to the end. */
export function runFourSteps({ workflow }: Client): Promise<void> {
  return workflow.execute<typeof workflows.fourSteps>('fourSteps', { taskQueue: floorTaskQueue, workflowId: `four-steps/${randomUUID()}` });
}
