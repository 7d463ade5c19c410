import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Actor } from '../domain/actor.ts';
import { cancelImportUpdate, type ImportClientsInput, importWorkflowId, searchAttributes } from '../workflows/contract.ts';
import type * as workflows from '../workflows/index.ts';
import { type CommandReach, updateIfOpen } from './temporal-update.ts';

/** What the API asks of imports. */
export interface ImportCommands {
  /**
   * Starts the import, or finds it started; another request under its id is refused with `IDEMPOTENCY_KEY_REUSED`. Ask in the transaction that stores its
   * rows: the workflow waits for them, and ends as failed where they never come. Then the same request starts it again.
   */
  startImport(input: ImportClientsInput, fingerprint: string): Promise<void>;
  /** Gives up what the import has not come to; nothing where that has ended. */
  cancelImport(workflowId: string, actor: Actor): Promise<void>;
}

type RefuseOther = (workflowId: string, fingerprint: string) => Promise<unknown>;

export function importCommands(reach: CommandReach, refuseOther: RefuseOther): ImportCommands {
  const { workflow, taskQueue, ask } = reach;
  return {
    async startImport(input, fingerprint) {
      const { agencyId, importId } = input;
      const workflowId = importWorkflowId(agencyId, importId);
      await ask(async () => {
        try {
          await workflow.start<typeof workflows.importClients>('importClients', {
            taskQueue,
            workflowId,
            workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
            workflowIdConflictPolicy: 'FAIL',
            args: [input],
            memo: { fingerprint },
            typedSearchAttributes: [
              { key: searchAttributes.agency, value: agencyId },
              { key: searchAttributes.state, value: 'importing' },
              { key: searchAttributes.source, value: 'import' },
            ],
            staticSummary: 'Import clients',
            staticDetails: `- Import: \`${importId}\`\n- Agency: \`${agencyId}\``,
          });
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          await refuseOther(workflowId, fingerprint);
        }
      });
    },

    async cancelImport(workflowId, actor) {
      await updateIfOpen(reach, workflowId, cancelImportUpdate, { actor });
    },
  };
}
