import { randomUUID } from 'node:crypto';
import type { ClientId } from '../domain/ids.ts';
import { type CommandName, commandWorkflowId } from '../workflows/contract.ts';
import type { AppContext } from './environment.ts';

/** What every command about a client is started with: an id of its own, which the request's line in the log names, and whom it is about, if anybody yet. */
export function commandOf(c: AppContext, name: CommandName, clientId: ClientId | null) {
  const { agencyId, canonical } = c.var;
  const workflowId = commandWorkflowId(name, agencyId, randomUUID());
  canonical.workflowId = workflowId;
  return { workflowId, ...(clientId && { about: { agencyId, clientId } }) };
}
