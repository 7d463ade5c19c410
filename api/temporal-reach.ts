import { type Client, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { refused } from './refused.ts';
import { isTemporalAway } from './temporal-connection.ts';

/** How long Temporal may take to answer whether it is there. */
const probeTimeoutMs = 1_500;

/** Questions to Temporal, and whether it answers any. */
export interface TemporalReach {
  /**
   * Asks with a time limit; refuses with `TEMPORARILY_UNAVAILABLE` when Temporal is away. A server that has not answered yet, or not the last time, is asked
   * first whether it is there: nobody waits out the limit of a question that cannot be heard, and a slow server keeps all of its time.
   */
  within<T>(timeoutMs: number, ask: () => Promise<T>): Promise<T>;
  isReachable(): Promise<boolean>;
}

export function temporalReach(client: Client): TemporalReach {
  let inDoubt = true;
  let probing: Promise<boolean> | undefined;

  async function probe(): Promise<boolean> {
    const { connection, workflowService, options } = client;
    try {
      await connection.withDeadline(Date.now() + probeTimeoutMs, () => workflowService.describeNamespace({ namespace: options.namespace }));
      inDoubt = false;
    } catch {
      inDoubt = true;
    }
    return !inDoubt;
  }

  function isReachable(): Promise<boolean> {
    probing ??= probe().finally(() => {
      probing = undefined;
    });
    return probing;
  }

  return {
    isReachable,
    async within(timeoutMs, ask) {
      if (inDoubt && !(await isReachable())) throw away();
      try {
        return await client.connection.withDeadline(Date.now() + timeoutMs, ask);
      } catch (error) {
        if (!isTemporalAway(error) && !(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) throw error;
        inDoubt = true;
        throw away();
      }
    },
  };
}

function away() {
  return refused('TEMPORARILY_UNAVAILABLE', { detail: 'Temporal, or a worker, did not answer in time. A request that was taken is not lost.' });
}
