import { sql } from 'kysely';
import type { TenantTransaction } from '../../db/tenant.ts';
import { endOfOverlap, rotateApiKeyRequest, scopesBeyond } from '../../domain/api-key.ts';
import type { AccountId, ApiKeyId } from '../../domain/ids.ts';
import { permitAccount } from '../auth/permit.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { insertApiKey } from '../insert-api-key.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { ofApiKey } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { newApiKeySchema, presentApiKey } from '../representations/api-key.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/accounts/{accountId}/api-keys/{keyId}/rotate',
  operationId: 'rotateApiKey',
  tags: ['API keys'],
  summary: 'Make a key that takes the place of another; it is shown once',
  description: 'The new key has the name, the scopes and the end of the old one, which stays valid for the overlap: a day is usual, none ends it at once.',
  middleware: permitAccount('keys.manage'),
  request: { params: ofApiKey, headers: z.object({ 'idempotency-key': z.string().optional() }), body: jsonBody(rotateApiKeyRequest) },
  responses: { 201: jsonResponse('The new key.', newApiKeySchema), ...bodyProblems('IDEMPOTENCY_KEY_REUSED') },
});

/** `POST /v1/accounts/{accountId}/api-keys/{keyId}/rotate` */
export const rotateApiKey = operation({
  route,
  handler: async (c) => {
    const { agencyId: accountId, actor, may } = c.var;
    const { keyId } = c.req.valid('param');
    const request = c.req.valid('json');
    const response = await changeOnce(c, { accountId, key: idempotencyKey(c), request }, async (tx, { idOf }) => {
      const old = await lockKeyInUse(tx, accountId, keyId);
      if (!old) throw refused('NOT_FOUND');
      if (scopesBeyond(may, old.scopes).length > 0) throw refused('AGENCY_ROLE_REQUIRED', { detail: 'The key may do more than whoever would rotate it.' });
      const id = idOf<ApiKeyId>('api-key');
      const { key, record } = await insertApiKey(tx, { accountId, id, name: old.name, scopes: old.scopes, expiresAt: old.expires_at, replaces: keyId, actor });
      await tx
        .updateTable('api_keys')
        .set({ replaced_by: id, expires_at: endOfOverlap({ expiresAt: old.expires_at }, request.overlapHours, new Date()) })
        .where('agency_id', '=', accountId)
        .where('id', '=', keyId)
        .execute();
      return { status: 201, body: { ...presentApiKey(record), key } };
    });
    return response as never;
  },
});

/** The key, unless it opens nothing any more or another one has taken its place. Holds it as it is until the transaction ends. */
async function lockKeyInUse(tx: TenantTransaction, accountId: AccountId, keyId: ApiKeyId) {
  return tx
    .selectFrom('api_keys')
    .select(['name', 'scopes', 'expires_at'])
    .where('agency_id', '=', accountId)
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .where('replaced_by', 'is', null)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', sql<Date>`now()`)]))
    .forUpdate()
    .executeTakeFirst();
}
