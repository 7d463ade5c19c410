import { sql } from 'kysely';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant } from '../../db/tenant.ts';
import { permitAccount } from '../auth/permit.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { ofApiKey } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'delete',
  path: '/v1/accounts/{accountId}/api-keys/{keyId}',
  operationId: 'revokeApiKey',
  tags: ['API keys'],
  summary: 'Revoke a key; it opens nothing from now on',
  middleware: permitAccount('keys.manage'),
  request: { params: ofApiKey },
  responses: { 204: { description: 'Revoked.' }, ...problems('VALIDATION_FAILED') },
});

/** `DELETE /v1/accounts/{accountId}/api-keys/{keyId}` */
export const revokeApiKey = operation({
  route,
  handler: async (c) => {
    const { agencyId: accountId, actor, deps } = c.var;
    const { keyId } = c.req.valid('param');
    await inTenant(deps.db, accountId, async (tx) => {
      const revoked = await tx
        .updateTable('api_keys')
        .set({ revoked_at: sql<Date>`now()` })
        .where('agency_id', '=', accountId)
        .where('id', '=', keyId)
        .where('revoked_at', 'is', null)
        .returning(['name', 'prefix'])
        .executeTakeFirst();
      if (!revoked) throw refused('NOT_FOUND');
      await recordEvent(tx, { agencyId: accountId, actor, kind: 'api_key.revoked', before: { id: keyId, ...revoked } });
    });
    return c.body(null, 204);
  },
});
