import type { EraseClientInput, EraseClientResult } from '../activities/erase-client.ts';
import { named, steps } from './steps.ts';

/** Erases an archived client: from the record first, then from what Temporal holds of it. */
export async function eraseClient(input: EraseClientInput): Promise<EraseClientResult> {
  const erased = await steps.eraseClient.executeWithOptions(named('Erase from the record'), [input]);
  if (erased.outcome === 'erased') {
    const { clientId } = input;
    await steps.forgetExecutions.executeWithOptions(named('Erase from Temporal'), [{ clientId, workflowIds: erased.workflowIds }]);
  }
  return erased;
}
