import { explainBlocker } from '../../domain/onboarding.ts';
import { permit } from '../auth/permit.ts';
import { commandOf } from '../client-command.ts';
import { findClient } from '../find-client.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { clientETag, clientSchema, presentClient } from '../representations/client.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/restore',
  operationId: 'restoreClient',
  tags: ['Clients'],
  summary: 'Take a client account out of the archive',
  description:
    'It takes a slot again, and gets back the projects that it had and nobody has now. Links stay off until the reports are shared again. A client that is not archived stays as it is.',
  middleware: permit('clients.write'),
  request: { params: inClient },
  responses: {
    200: jsonResponse('The client.', clientSchema),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'AGENCY_PLAN_INELIGIBLE', 'CLIENT_LIMIT_REACHED', 'VALIDATION_FAILED'),
  },
});

/** `POST /v1/agencies/{agencyId}/clients/{clientId}/restore` */
export const restoreClient = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, actor, deps } = c.var;
    const { clientId } = c.req.valid('param');
    await findClient(deps, sight, clientId);
    const command = commandOf(c, 'restore-client', clientId);
    const restored = await deps.temporal.execute('restoreClient', { ...command, input: { agencyId, clientId, actor }, summary: 'Restore a client account' });
    if (restored.outcome === 'refused') throw refused(restored.code, { detail: explainBlocker(restored).message });
    const client = await findClient(deps, sight, clientId);
    return c.json(presentClient(client, c.var), 200, { ETag: clientETag(client) });
  },
});
