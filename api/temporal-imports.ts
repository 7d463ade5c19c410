import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Actor } from '../domain/actor.ts';
import type { ImportState } from '../domain/import-state.ts';
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
  /** Gives up what the import has not come to, and answers the state reached; undefined when it had ended, or its workflow is not there any more. */
  cancelImport(workflowId: string, actor: Actor): Promise<ImportState | undefined>;
  /** The same of one whose workflow was terminated: it is started again, to give up its rows and to come to its end. */
  cancelLostImport(input: ImportClientsInput, actor: Actor): Promise<void>;
}

type RefuseOther = (workflowId: string, fingerprint: string) => Promise<unknown>;

export function importCommands(reach: CommandReach, refuseOther: RefuseOther): ImportCommands {
  const { workflow, taskQueue, ask } = reach;

  function startOf(input: ImportClientsInput) {
    const { agencyId, importId } = input;
    return {
      taskQueue,
      workflowId: importWorkflowId(agencyId, importId),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' as const,
      args: [input] as [ImportClientsInput],
      typedSearchAttributes: [
        { key: searchAttributes.agency, value: agencyId },
        { key: searchAttributes.state, value: 'importing' },
        { key: searchAttributes.source, value: 'import' },
      ],
      staticSummary: 'Import clients',
      staticDetails: `- Import: \`${importId}\`\n- Agency: \`${agencyId}\``,
    };
  }

  return {
    async startImport(input, fingerprint) {
      const start = startOf(input);
      await ask(async () => {
        try {
          await workflow.start<typeof workflows.importClients>('importClients', { ...start, workflowIdConflictPolicy: 'FAIL', memo: { fingerprint } });
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          await refuseOther(start.workflowId, fingerprint);
        }
      });
    },

    cancelImport: (workflowId, actor) => updateIfOpen(reach, workflowId, cancelImportUpdate, { actor }),

    async cancelLostImport(input, actor) {
      const startWorkflowOperation = new WithStartWorkflowOperation<typeof workflows.importClients>('importClients', {
        ...startOf(input),
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
      await ask(() => workflow.executeUpdateWithStart(cancelImportUpdate, { startWorkflowOperation, args: [{ actor }] }));
    },
  };
}
