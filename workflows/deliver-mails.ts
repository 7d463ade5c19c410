import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { type DeliverMailsInput, mailQueuedSignal } from './contract.ts';
import { named, steps } from './steps.ts';

/** Delivers mail for as long as Foyer runs: when told that some waits, when some is due again, and now and then, in case nobody told. */
export async function deliverMails(input: DeliverMailsInput): Promise<never> {
  let told = false;
  setHandler(mailQueuedSignal, () => {
    told = true;
  });
  while (!workflowInfo().continueAsNewSuggested) {
    told = false;
    const { nextDueInMs } = await steps.deliverMails.executeWithOptions({ ...named('Deliver mail'), startToCloseTimeout: '30 seconds' }, []);
    if (nextDueInMs !== 0) await condition(() => told, Math.min(nextDueInMs ?? input.lookAgainMs, input.lookAgainMs));
  }
  await condition(allHandlersFinished);
  return continueAsNew<typeof deliverMails>(input);
}
