import { recordEvent } from '../../db/record-event.ts';
import { inTenant } from '../../db/tenant.ts';
import { createApiKeyRequest } from '../../domain/account.ts';
import type { ApiKeyId } from '../../domain/ids.ts';
import { scopes } from '../../domain/permission.ts';
import { createApiKey as newApiKey } from '../auth/api-key.ts';
import { actorOf } from '../auth/caller.ts';
import { permitOperator } from '../auth/permit.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { ofAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const apiKeySchema = z
  .object({ id: z.uuid(), name: z.string(), prefix: z.string(), scopes: z.array(z.enum(scopes)), key: z.string().openapi({ description: 'Shown this once.' }) })
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
      const id = idOf<ApiKeyId>('api-key');
      const { key, prefix, hash } = newApiKey();
      const granted = [...new Set(request.scopes)];
      await tx.insertInto('api_keys').values({ agency_id: accountId, id, name: request.name, prefix, key_hash: hash, scopes: granted }).execute();
      await recordEvent(tx, {
        agencyId: accountId,
        actor: actorOf(c.var.caller),
        kind: 'api_key.created',
        after: { name: request.name, prefix, scopes: granted },
      });
      return { status: 201, body: { id, name: request.name, prefix, scopes: granted, key } };
    });
    return response as never;
  },
});
