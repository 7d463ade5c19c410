import type { ArchiveClientInput, ArchiveClientResult } from '../activities/archive-client.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import { named, steps } from './steps.ts';

/** Archives a client, lets what ended with it find that, and tells whoever waits for the slot. */
export async function archiveClient(input: ArchiveClientInput): Promise<ArchiveClientResult> {
  const archived = await steps.archiveClient.executeWithOptions(named('Archive client'), [input]);
  if (archived.outcome === 'archived') {
    await recheckOnboardings(archived.endedWorkflowIds, 'the client was archived');
    await recheckOnboardings(archived.nextInLine, 'a client slot is free');
  }
  return archived;
}
