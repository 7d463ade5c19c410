import type { RestoreClientInput, RestoreClientResult } from '../activities/restore-client.ts';
import { named, steps } from './steps.ts';

/** Takes a client out of the archive. */
export async function restoreClient(input: RestoreClientInput): Promise<RestoreClientResult> {
  return steps.restoreClient.executeWithOptions(named('Restore client'), [input]);
}
