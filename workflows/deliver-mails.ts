import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { type DeliverMailsInput, mailQueuedSignal } from './contract.ts';
import { named, steps } from './steps.ts';

const shortestRestMs = 1_000;

/** Delivers mail for as long as Foyer runs: when told that some waits, when some is due again, and now and then, in case nobody told. */
export async function deliverMails(input: DeliverMailsInput): Promise<never> {
  let told = false;
  setHandler(mailQueuedSignal, () => {
    told = true;
  });
  while (!workflowInfo().continueAsNewSuggested) {
    told = false;
    const { delivered, nextDueInMs } = await steps.deliverMails.executeWithOptions({ ...named('Deliver mail'), startToCloseTimeout: '30 seconds' }, []);
    if (delivered > 0 && nextDueInMs === 0) continue;
    // Mail that is due and could not be taken is in the hands of another run.
    await condition(() => told, Math.min(Math.max(nextDueInMs ?? input.lookAgainMs, shortestRestMs), input.lookAgainMs));
  }
  await condition(allHandlersFinished);
  return continueAsNew<typeof deliverMails>(input);
}
