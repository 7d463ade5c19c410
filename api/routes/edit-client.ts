import { type ClientDetails, editClientRequest } from '../../domain/client.ts';
import { permit } from '../auth/permit.ts';
import { commandOf } from '../client-command.ts';
import { findClient } from '../find-client.ts';
import { expectedVersion } from '../if-match.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { clientETag, clientSchema, presentClient } from '../representations/client.ts';

const route = createRoute({
  method: 'patch',
  path: '/v1/agencies/{agencyId}/clients/{clientId}',
  operationId: 'editClient',
  tags: ['Clients'],
  summary: 'Edit a client account',
  description: 'With `If-Match` and the `ETag` that was read, so that nobody overwrites what they have not seen. What is left out stays; null clears.',
  middleware: permit('clients.write'),
  request: { params: inClient, headers: z.object({ 'if-match': z.string().optional() }), body: jsonBody(editClientRequest) },
  responses: {
    200: jsonResponse('The client.', clientSchema),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'CLIENT_ARCHIVED', 'CLIENT_NAME_TAKEN', 'EXTERNAL_REFERENCE_TAKEN', 'VERSION_CONFLICT'),
  },
});

/** `PATCH /v1/agencies/{agencyId}/clients/{clientId}` */
export const editClient = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, actor, deps } = c.var;
    const { clientId } = c.req.valid('param');
    const version = expectedVersion(c);
    const change = given(c.req.valid('json'));
    await findClient(deps, sight, clientId);
    const command = commandOf(c, 'edit-client', clientId);
    const input = { agencyId, clientId, actor, expectedVersion: version, change };
    const edited = await deps.temporal.execute('editClient', { ...command, input, summary: 'Edit a client account' });
    if (edited.outcome === 'refused') throw refused(edited.code, { about: { clientId } });
    const client = await findClient(deps, sight, clientId);
    return c.json(presentClient(client, c.var), 200, { ETag: clientETag(client) });
  },
});

/** The fields that were sent. */
function given(request: { [Field in keyof ClientDetails]?: ClientDetails[Field] | undefined }): Partial<ClientDetails> {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}
