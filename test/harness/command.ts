import { randomUUID } from 'node:crypto';
import type { CommandStart, Commands } from '../../api/temporal.ts';
import type { Stage } from './stage.ts';

/** Runs a command to its result as the API does, under an id of its own. */
export function command<Name extends keyof Commands>({ gateway }: Stage, name: Name, input: CommandStart<Name>['input']) {
  return gateway.execute(name, { workflowId: `${name}/${randomUUID()}`, input, summary: name });
}
