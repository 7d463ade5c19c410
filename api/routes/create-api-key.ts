import { inTenant } from '../../db/tenant.ts';
import { createApiKeyRequest } from '../../domain/api-key.ts';
import type { ApiKeyId } from '../../domain/ids.ts';
import { scopes as everyScope } from '../../domain/permission.ts';
import { actingCaller } from '../auth/acting.ts';
import { permitOperator } from '../auth/permit.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { insertApiKey } from '../insert-api-key.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { ofAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const apiKeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.enum(everyScope)),
    key: z.string().openapi({ description: 'Shown this once.' }),
  })
  .openapi('NewApiKey');

const route = createRoute({
  method: 'post',
  path: '/v1/operator/accounts/{accountId}/api-keys',
  operationId: 'createApiKey',
  tags: ['Operator'],
  summary: 'Make a key for an account',
  middleware: permitOperator,
  request: { params: ofAccount, headers: z.object({ 'idempotency-key': z.string().optional() }), body: jsonBody(createApiKeyRequest) },
  responses: { 201: jsonResponse('The key.', apiKeySchema), ...bodyProblems('IDEMPOTENCY_KEY_REUSED') },
});

/** `POST /v1/operator/accounts/{accountId}/api-keys` */
export const createApiKey = operation({
  route,
  handler: async (c) => {
    const { accountId } = c.req.valid('param');
    const request = c.req.valid('json');
    const known = await inTenant(c.var.deps.db, accountId, (tx) => tx.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst());
    if (!known) throw refused('NOT_FOUND');
    const response = await changeOnce(c, { accountId, key: idempotencyKey(c), request }, async (tx, { idOf }) => {
      const { key, record } = await insertApiKey(tx, {
        accountId,
        id: idOf<ApiKeyId>('api-key'),
        name: request.name,
        scopes: request.scopes,
        expiresAt: null,
        actor: actingCaller(c),
      });
      const { id, name, prefix, scopes } = record;
      return { status: 201, body: { id, name, prefix, scopes, key } };
    });
    return response as never;
  },
});
