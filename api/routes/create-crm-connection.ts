import { recordEvent } from '../../db/record-event.ts';
import { crmProviders } from '../../domain/crm.ts';
import { crmReading } from '../../domain/crm-reading.ts';
import { crmReadingRequest } from '../../domain/crm-reading-request.ts';
import type { CrmConnectionId } from '../../domain/ids.ts';
import { permit } from '../auth/permit.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { newCrmConnectionSchema, webhookUrl } from '../representations/crm-connection.ts';
import { createWebhookSecret } from '../webhooks/secret.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/crm-connections',
  operationId: 'createCrmConnection',
  tags: ['CRM'],
  summary: 'Connect a CRM; the secret is shown once',
  middleware: permit('crm.manage'),
  request: {
    params: inAgency,
    headers: z.object({ 'idempotency-key': z.string().optional() }),
    body: jsonBody(crmReadingRequest.extend({ provider: z.enum(crmProviders) })),
  },
  responses: {
    201: jsonResponse('The connection, with its secret.', newCrmConnectionSchema),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'IDEMPOTENCY_KEY_REUSED'),
  },
});

/** `POST /v1/agencies/{agencyId}/crm-connections` */
export const createCrmConnection = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, deps } = c.var;
    const request = c.req.valid('json');
    const response = await changeOnce(c, { accountId: agencyId, key: idempotencyKey(c), request }, async (tx, { idOf }) => {
      const id = idOf<CrmConnectionId>('crm-connection');
      const secret = createWebhookSecret();
      const { provider } = request;
      const reading = crmReading(request);
      const { created_at } = await tx
        .insertInto('crm_connections')
        .values({
          agency_id: agencyId,
          id,
          provider,
          secret: deps.secrets.seal(secret),
          mapping: request.mapping ? JSON.stringify(request.mapping) : null,
          trigger: request.trigger ? JSON.stringify(request.trigger) : null,
        })
        .returning('created_at')
        .executeTakeFirstOrThrow();
      await recordEvent(tx, { agencyId, actor, kind: 'crm_connection.created', after: { id, provider, ...reading } });
      return { status: 201, body: { id, provider, ...reading, url: webhookUrl(deps.publicUrl, id), secret, createdAt: created_at.toISOString() } };
    });
    return response as never;
  },
});
