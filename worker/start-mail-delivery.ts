import type { Client } from '@temporalio/client';
import { defaultMailDelivery, mailWorkflowId } from '../workflows/contract.ts';
import type { deliverMails } from '../workflows/index.ts';

/** Sees to it that mail of this queue is delivered: starts the workflow unless it runs. */
export async function startMailDelivery({ workflow }: Client, taskQueue: string): Promise<void> {
  await workflow.start<typeof deliverMails>('deliverMails', {
    taskQueue,
    workflowId: mailWorkflowId(taskQueue),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [defaultMailDelivery],
    staticSummary: 'Deliver mail',
  });
}
