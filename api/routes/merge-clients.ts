import { mergeClientsRequest } from '../../domain/client.ts';
import type { ClientId } from '../../domain/ids.ts';
import { permit } from '../auth/permit.ts';
import { commandOf } from '../client-command.ts';
import { findClient } from '../find-client.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { clientETag, clientSchema, presentClient } from '../representations/client.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/merge',
  operationId: 'mergeClients',
  tags: ['Clients'],
  summary: 'Merge a duplicate into the client account that stays',
  description:
    'Its projects move and their links die, what the other has not is filled in, its onboarding ends and it is archived. `merge-preview` tells before. Restoring it takes a slot again; what moved stays where it is.',
  middleware: permit('clients.write'),
  request: { params: inClient, body: jsonBody(mergeClientsRequest) },
  responses: { 200: jsonResponse('The client that stays.', clientSchema), ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'CLIENT_ARCHIVED') },
});

/** `POST /v1/agencies/{agencyId}/clients/{clientId}/merge` */
export const mergeClients = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, actor, deps } = c.var;
    const { clientId } = c.req.valid('param');
    const into = c.req.valid('json').into as ClientId;
    assertTwo(clientId, into, '/into');
    await Promise.all([findClient(deps, sight, clientId), findClient(deps, sight, into)]);
    const command = commandOf(c, 'merge-clients', clientId);
    const input = { agencyId, clientId, into, actor };
    const merged = await deps.temporal.execute('mergeClients', { ...command, input, summary: 'Merge a client account into another' });
    if (merged.outcome === 'refused') throw refused(merged.code);
    const client = await findClient(deps, sight, into);
    return c.json(presentClient(client, c.var), 200, { ETag: clientETag(client) });
  },
});

/** A client is no duplicate of itself. */
export function assertTwo(clientId: ClientId, into: ClientId, pointer: string): void {
  if (clientId === into) throw refused('VALIDATION_FAILED', { errors: [{ pointer, message: 'must be another client' }] });
}
