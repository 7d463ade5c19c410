import { Context } from '@temporalio/activity';
import type { ClientId } from '../domain/ids.ts';
import { searchAttributes } from '../workflows/contract.ts';

export interface ForgetExecutionsInput {
  clientId: ClientId;
  /** Those that the record knows of; others are found by their search attribute. */
  workflowIds: string[];
}

const notFound = 5;

/** Deletes what Temporal holds of a client: every execution about it but the one that asks. Idempotent: what is gone is gone. */
export async function forgetExecutions({ clientId, workflowIds }: ForgetExecutionsInput): Promise<{ forgotten: number }> {
  const { client, info } = Context.current();
  const { namespace } = client.options;
  const found = new Set(workflowIds);
  for await (const { workflowId } of client.workflow.list({ query: `${searchAttributes.client.name} = '${clientId}'` })) found.add(workflowId);
  found.delete(info.workflowExecution?.workflowId ?? '');
  for (const workflowId of found) {
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } }).catch(ignoreMissing);
  }
  return { forgotten: found.size };
}

/** Temporal keeps closed executions for a time only. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === notFound)) throw error;
}
