import type { UpdateClientInput, UpdateClientResult } from '../activities/update-client.ts';
import { named, steps } from './steps.ts';

/** Brings a client up to date with what its CRM says. */
export async function updateClient(input: UpdateClientInput): Promise<UpdateClientResult> {
  return steps.updateClient.executeWithOptions({ ...named('Update client'), scheduleToCloseTimeout: '1 day' }, [input]);
}
