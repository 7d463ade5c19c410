import { Context } from '@temporalio/activity';
import type { ClientId } from '../domain/ids.ts';
import { searchAttributes } from '../workflows/contract.ts';

export interface ForgetExecutionsInput {
  clientId: ClientId;
  /** Those that the record knows of; others are found by their search attribute. */
  workflowIds: string[];
}

interface Execution {
  workflowId: string;
  /** Without it, the newest run. */
  runId?: string;
}

const notFound = 5;

/**
 * Deletes what Temporal holds of a client: every run of every execution about it, but the one that asks. By run, for a reset and a continue-as-new leave
 * runs behind, and a project's sharing has the same workflow id for each client that had the project. Idempotent: what is gone is gone.
 */
export async function forgetExecutions({ clientId, workflowIds }: ForgetExecutionsInput): Promise<{ forgotten: number }> {
  const { client, info } = Context.current();
  const { namespace } = client.options;
  // Those that the record knows are the client's alone, and their newest runs may not be listed yet.
  const found: Execution[] = workflowIds.map((workflowId) => ({ workflowId }));
  const queries = [`${searchAttributes.client.name} = '${clientId}'`, ...workflowIds.map((workflowId) => `WorkflowId = '${workflowId}'`)];
  for (const query of queries) {
    for await (const { workflowId, runId } of client.workflow.list({ query })) found.push({ workflowId, runId });
  }
  const others = found.filter(({ workflowId }) => workflowId !== info.workflowExecution?.workflowId);
  for (const workflowExecution of others) {
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution }).catch(ignoreMissing);
  }
  return { forgotten: new Set(others.map(({ workflowId }) => workflowId)).size };
}

/** Temporal keeps closed executions for a time only. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === notFound)) throw error;
}
