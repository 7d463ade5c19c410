import { permit } from '../auth/permit.ts';
import { commandOf } from '../client-command.ts';
import { findClient } from '../find-client.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { clientETag, clientSchema, presentClient } from '../representations/client.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/archive',
  operationId: 'archiveClient',
  tags: ['Clients'],
  summary: 'Archive a client account',
  description:
    'Its links are off, its projects unassigned, its onboarding has ended and its slot is free, all at once. `restore` undoes it, but for the links. An archived client stays as it is.',
  middleware: permit('clients.write'),
  request: { params: inClient },
  responses: { 200: jsonResponse('The client.', clientSchema), ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED') },
});

/** `POST /v1/agencies/{agencyId}/clients/{clientId}/archive` */
export const archiveClient = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, actor, deps } = c.var;
    const { clientId } = c.req.valid('param');
    await findClient(deps, sight, clientId);
    const command = commandOf(c, 'archive-client', clientId);
    const archived = await deps.temporal.execute('archiveClient', { ...command, input: { agencyId, clientId, actor }, summary: 'Archive a client account' });
    if (archived.outcome === 'refused') throw refused(archived.code);
    const client = await findClient(deps, sight, clientId);
    return c.json(presentClient(client, c.var), 200, { ETag: clientETag(client) });
  },
});
