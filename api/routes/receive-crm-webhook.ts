import { readCrmConnection } from '../../db/read/crm-connection.ts';
import { readInTenant } from '../../db/tenant.ts';
import { standardCrmEvent } from '../../domain/crm.ts';
import { bodyProblems, createRoute, jsonResponse, operation, z } from '../operation.ts';
import { ofCrmConnection } from '../path-parameters.ts';
import { crmOutcomeSchema, receiveCrmMessage, unverified } from '../webhooks/receive-message.ts';

// Described, not declared as a schema to validate by: nothing may be parsed before the signature over the raw bytes holds.
const { $schema: _, ...eventSchema } = z.toJSONSchema(standardCrmEvent, { io: 'input' });

const route = createRoute({
  method: 'post',
  path: '/v1/webhooks/crm/{connectionId}',
  operationId: 'receiveCrmWebhook',
  tags: ['CRM'],
  summary: 'Take a signed event of a CRM',
  description: 'Signed as Standard Webhooks says. The tenant follows from the connection, never from the body. A message delivered again is answered the same.',
  security: [],
  request: {
    params: ofCrmConnection,
    headers: z.object({ 'webhook-id': z.string().optional(), 'webhook-timestamp': z.string().optional(), 'webhook-signature': z.string().optional() }),
    body: { required: true, content: { 'application/json': { schema: eventSchema as object } } },
  },
  responses: {
    202: jsonResponse('Taken.', crmOutcomeSchema),
    ...bodyProblems('IDEMPOTENCY_KEY_REUSED'),
  },
});

/** `POST /v1/webhooks/crm/{connectionId}` */
export const receiveCrmWebhook = operation({
  route,
  handler: async (c) => {
    const { deps, canonical } = c.var;
    const { connectionId } = c.req.valid('param');
    const body = Buffer.from(await c.req.arrayBuffer());
    const connection = await readInTenant(deps.db, { presentedConnectionId: connectionId }, (reader) => readCrmConnection(reader, connectionId));
    if (!connection) throw unverified();
    canonical.caller = `crm:${connectionId}`;
    canonical.agencyId = connection.agencyId;
    const { response } = await receiveCrmMessage(c, connection, { body, headers: c.req.raw.headers });
    return response as never;
  },
});
