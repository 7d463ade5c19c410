import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { readCrmConnection } from '../../db/read/crm-connection.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inCrmConnection } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { receiveCrmMessage } from '../webhooks/receive-message.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/crm-connections/{connectionId}/test',
  operationId: 'testCrmConnection',
  tags: ['CRM'],
  summary: 'Take a signed test event, as if the CRM had sent it; it starts nothing',
  middleware: permit('crm.manage'),
  request: { params: inCrmConnection },
  responses: {
    200: jsonResponse('The event was verified, and stands among the deliveries.', z.object({ messageId: z.string(), ignored: z.string() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `POST /v1/agencies/{agencyId}/crm-connections/{connectionId}/test` */
export const testCrmConnection = operation({
  route,
  handler: async (c) => {
    const { deps, sight } = c.var;
    const { connectionId } = c.req.valid('param');
    const connection = await readInTenant(deps.db, sight, (reader) => readCrmConnection(reader, connectionId));
    const [secret] = connection?.secrets ?? [];
    if (!connection || !secret) throw refused('NOT_FOUND');
    const messageId = `msg_${randomUUID()}`;
    const sentAt = new Date();
    const body = Buffer.from(JSON.stringify({ type: 'foyer.test', timestamp: sentAt.toISOString(), data: {} }));
    const headers = new Headers({
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(deps.secrets.open(secret)).sign(messageId, sentAt, body.toString('utf8')),
    });
    const { outcome } = await receiveCrmMessage(c, connection, { body, headers });
    if (!('ignored' in outcome)) throw new Error('a test event has started something');
    return c.json({ messageId, ignored: outcome.ignored }, 200);
  },
});
