import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { recheckSignal } from './contract.ts';

/** Tells onboardings that something they may wait for has changed. One that has ended meanwhile needs no telling. */
export async function recheckOnboardings(workflowIds: string[], because: string): Promise<void> {
  await Promise.allSettled(workflowIds.map((workflowId) => getExternalWorkflowHandle(workflowId).signal(recheckSignal, { because })));
}
