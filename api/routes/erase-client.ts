import { eraseClientRequest } from '../../domain/erasure.ts';
import { isTyped } from '../../domain/typed-name.ts';
import { permit } from '../auth/permit.ts';
import { commandOf } from '../client-command.ts';
import { findClient } from '../find-client.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/erase',
  operationId: 'eraseClient',
  tags: ['Clients'],
  summary: 'Erase an archived client for good',
  description:
    'By an owner who types its name, once it has been archived for the time of retention. Everything personal is gone; that there was a client, and what happened to it, stays. There is no undo.',
  middleware: permit('clients.erase'),
  request: { params: inClient, body: jsonBody(eraseClientRequest) },
  responses: {
    200: jsonResponse('The client is erased.', z.object({ clientId: z.uuid(), state: z.literal('erased') })),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'VERSION_CONFLICT'),
  },
});

/** `POST /v1/agencies/{agencyId}/clients/{clientId}/erase` */
export const eraseClient = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, actor, deps } = c.var;
    const { clientId } = c.req.valid('param');
    const { name, version } = await findClient(deps, sight, clientId);
    if (!isTyped(c.req.valid('json').confirmName, name)) throw refusedFor('/confirmName', 'must be the name of the client');
    const input = { agencyId, clientId, actor, expectedVersion: version, retentionDays: deps.retentionDays };
    const erased = await deps.temporal.execute('eraseClient', { ...commandOf(c, 'erase-client', clientId), input, summary: 'Erase a client account' });
    switch (erased.outcome) {
      case 'erased':
        return c.json({ clientId, state: 'erased' as const }, 200);
      case 'refused':
        throw refused(erased.code);
      case 'not_archived':
        throw refusedFor('/path/clientId', 'must be archived: archive the client first');
      case 'retained':
        throw refusedFor('/path/clientId', `is kept for ${deps.retentionDays} days after it was archived: until ${erased.until.slice(0, 10)}`);
    }
  },
});

function refusedFor(pointer: string, message: string) {
  return refused('VALIDATION_FAILED', { errors: [{ pointer, message }] });
}
