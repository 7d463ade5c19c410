import { makeApiKeyRequest, scopesBeyond } from '../../domain/api-key.ts';
import type { ApiKeyId } from '../../domain/ids.ts';
import { permitAccount } from '../auth/permit.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { insertApiKey } from '../insert-api-key.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { newApiKeySchema, presentApiKey } from '../representations/api-key.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/accounts/{accountId}/api-keys',
  operationId: 'makeApiKey',
  tags: ['API keys'],
  summary: 'Make a key of the account; it is shown once',
  description: 'A key can be given only what its maker may do.',
  middleware: permitAccount('keys.manage'),
  request: { params: inAccount, headers: z.object({ 'idempotency-key': z.string().optional() }), body: jsonBody(makeApiKeyRequest) },
  responses: { 201: jsonResponse('The key.', newApiKeySchema), ...bodyProblems('IDEMPOTENCY_KEY_REUSED') },
});

/** `POST /v1/accounts/{accountId}/api-keys` */
export const makeApiKey = operation({
  route,
  handler: async (c) => {
    const { agencyId: accountId, actor, may } = c.var;
    const request = c.req.valid('json');
    const { name, scopes, expiresAt = null } = request;
    if (expiresAt && expiresAt <= new Date()) throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/expiresAt', message: 'must be in the future' }] });
    if (scopesBeyond(may, scopes).length > 0) throw refused('AGENCY_ROLE_REQUIRED', { detail: 'A key cannot be given more than its maker may do.' });
    const response = await changeOnce(c, { accountId, key: idempotencyKey(c), request }, async (tx, { idOf }) => {
      const { key, record } = await insertApiKey(tx, { accountId, id: idOf<ApiKeyId>('api-key'), name, scopes, expiresAt, actor });
      return { status: 201, body: { ...presentApiKey(record), key } };
    });
    return response as never;
  },
});
