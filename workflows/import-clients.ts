import { allHandlersFinished, CancellationScope, condition, continueAsNew, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { Actor } from '../domain/actor.ts';
import { type ImportState, unsettled } from '../domain/import-state.ts';
import { cancelImportUpdate, type ImportClientsInput } from './contract.ts';
import { openImportPage } from './import-page.ts';
import { named, steps } from './steps.ts';

/**
 * Works off an import, row by row of its file, with some onboardings at once. What is left to do and what was done stands in the record alone, so a
 * reset or a continue-as-new begins at the top and goes on where the record is. Rows that wait for a slot are not waited for: their onboardings go on
 * by themselves, and settle their rows when they do.
 */
export async function importClients(input: ImportClientsInput): Promise<{ state: ImportState }> {
  const { agencyId, importId, policy } = input;
  const key = { agencyId, importId };
  const page = openImportPage();
  let state: ImportState = 'queued';
  let cancelledBy = input.cancelledBy;
  /** Cancelled, and rows that have begun are left to come to something. */
  let heldOpen = false;

  setHandler(
    cancelImportUpdate,
    async ({ actor }) => {
      cancelledBy ??= actor;
      await condition(() => heldOpen || isOver(state));
      return state;
    },
    {
      validator: (_command: { actor: Actor }) => {
        if (isOver(state)) throw new Error('the import has ended');
      },
    },
  );
  CancellationScope.current().cancelRequested.catch(() => {
    cancelledBy ??= { kind: 'system', label: 'Temporal' };
  });

  return CancellationScope.nonCancellable(async () => {
    await steps.beginImport.executeWithOptions({ ...named('Find its rows'), scheduleToCloseTimeout: policy.storedWithinMs }, [key]);
    state = 'running';
    page.enter(state);
    await workOff();
    const end = cancelledBy ? 'cancelled' : 'done';
    await steps.finishImport.executeWithOptions(named('Write down its end'), [{ ...key, state: end, cancelledBy: cancelledBy ?? null }]);
    state = end;
    page.enter(end);
    await condition(allHandlersFinished);
    await sleep(policy.rowsKeptMs, { summary: 'What the file says is kept' });
    await steps.forgetImportRows.executeWithOptions(named('Forget what the file says'), [key]);
    return { state };
  });

  /** Until every row has come to something. */
  async function workOff(): Promise<void> {
    let pauseMs = policy.lookAgainMs.first;
    let givenUp = false;
    for (;;) {
      if (cancelledBy && !givenUp) {
        await steps.giveUpImportRows.executeWithOptions(named('Cancel: give up what has not begun'), [key]);
        givenUp = true;
      }
      const { counts, moved } = await steps.advanceImport.executeWithOptions(named('Settle rows, take more'), [{ ...key, atOnce: policy.atOnce }]);
      page.count(counts);
      if (unsettled(counts) === 0) return;
      heldOpen = givenUp;
      if (counts.running > 0) {
        const { waiting, lostAfterMs } = policy;
        await steps.startImportedOnboardings.executeWithOptions(named('Start onboardings'), [{ ...key, waiting, lostAfterMs }]);
      }
      if (workflowInfo().continueAsNewSuggested && allHandlersFinished())
        await continueAsNew<typeof importClients>({ ...input, ...(cancelledBy && { cancelledBy }) });
      pauseMs = moved ? policy.lookAgainMs.first : Math.min(pauseMs * 2, policy.lookAgainMs.most);
      // Rows that came to something at once, without an onboarding, leave nothing to wait for.
      if (counts.running > 0 || !moved) await condition(() => cancelledBy !== undefined && !givenUp, pauseMs, { summary: 'Onboardings are under way' });
    }
  }
}

function isOver(state: ImportState): boolean {
  return state === 'done' || state === 'cancelled';
}
