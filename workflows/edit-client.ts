import type { EditClientInput, EditClientResult } from '../activities/edit-client.ts';
import { named, steps } from './steps.ts';

/** Edits a client account by hand. */
export async function editClient(input: EditClientInput): Promise<EditClientResult> {
  return steps.editClient.executeWithOptions(named('Edit client'), [input]);
}
