import type { MergeClientsInput, MergeClientsResult } from '../activities/merge-clients.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import { named, steps } from './steps.ts';

/** Merges one client into another, and tells the onboardings of both and whoever waits for the slot. */
export async function mergeClients(input: MergeClientsInput): Promise<MergeClientsResult> {
  const merged = await steps.mergeClients.executeWithOptions(named('Merge clients'), [input]);
  if (merged.outcome === 'merged') {
    await recheckOnboardings(merged.touchedWorkflowIds, 'two clients were merged');
    await recheckOnboardings(merged.nextInLine, 'a client slot is free');
  }
  return merged;
}
