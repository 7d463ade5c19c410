import { type WorkflowClient, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';

/** What commands to workflows are sent with. */
export interface CommandReach {
  workflow: WorkflowClient;
  taskQueue: string;
  /** Asks Temporal with the time limit of a command; refuses with `TEMPORARILY_UNAVAILABLE` when it is away. */
  ask: <T>(question: () => Promise<T>) => Promise<T>;
}

/** Sends an update and answers what it came to; undefined where the workflow is not there, has ended, or does not take it. */
export async function updateIfOpen<Result, Command>(
  { workflow, ask }: CommandReach,
  workflowId: string,
  update: UpdateDefinition<Result, [Command]>,
  command: Command,
): Promise<Result | undefined> {
  try {
    return await ask(() => workflow.getHandle(workflowId).executeUpdate(update, { args: [command] }));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError) return undefined;
    throw error;
  }
}
