import { recordEvent } from '../../db/record-event.ts';
import { crmReading } from '../../domain/crm-reading.ts';
import { permit } from '../auth/permit.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inCrmConnection } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { newCrmConnectionSchema, webhookUrl } from '../representations/crm-connection.ts';
import { createWebhookSecret } from '../webhooks/secret.ts';

/** How long the old secret holds beside the new one. */
const overlapMs = 24 * 60 * 60_000;

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/crm-connections/{connectionId}/rotate',
  operationId: 'rotateCrmConnection',
  tags: ['CRM'],
  summary: 'A new secret; the old one holds for another day',
  middleware: permit('crm.manage'),
  request: { params: inCrmConnection, headers: z.object({ 'idempotency-key': z.string().optional() }) },
  responses: {
    200: jsonResponse('The connection, with its new secret.', newCrmConnectionSchema),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'IDEMPOTENCY_KEY_REUSED', 'VALIDATION_FAILED'),
  },
});

/** `POST /v1/agencies/{agencyId}/crm-connections/{connectionId}/rotate` */
export const rotateCrmConnection = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, deps } = c.var;
    const { connectionId } = c.req.valid('param');
    const response = await changeOnce(c, { accountId: agencyId, key: idempotencyKey(c), request: null }, async (tx) => {
      const secret = createWebhookSecret();
      const rotated = await tx
        .updateTable('crm_connections')
        .set((eb) => ({ previous_secret: eb.ref('secret'), previous_valid_until: new Date(Date.now() + overlapMs), secret: deps.secrets.seal(secret) }))
        .where('agency_id', '=', agencyId)
        .where('id', '=', connectionId)
        .where('deleted_at', 'is', null)
        .returning(['provider', 'mapping', 'trigger', 'created_at'])
        .executeTakeFirst();
      if (!rotated) throw refused('NOT_FOUND');
      await recordEvent(tx, { agencyId, actor, kind: 'crm_connection.rotated', after: { id: connectionId } });
      const url = webhookUrl(deps.publicUrl, connectionId);
      const { provider, created_at } = rotated;
      return { status: 200, body: { id: connectionId, provider, ...crmReading(rotated), url, secret, createdAt: created_at.toISOString() } };
    });
    return response as never;
  },
});
