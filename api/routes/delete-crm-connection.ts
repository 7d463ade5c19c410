import { sql } from 'kysely';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { inCrmConnection } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'delete',
  path: '/v1/agencies/{agencyId}/crm-connections/{connectionId}',
  operationId: 'deleteCrmConnection',
  tags: ['CRM'],
  summary: 'Disconnect a CRM; its messages are refused from now on',
  middleware: permit('crm.manage'),
  request: { params: inCrmConnection },
  responses: { 204: { description: 'Disconnected.' }, ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED') },
});

/** `DELETE /v1/agencies/{agencyId}/crm-connections/{connectionId}` */
export const deleteCrmConnection = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, deps } = c.var;
    const { connectionId } = c.req.valid('param');
    await inTenant(deps.db, agencyId, async (tx) => {
      const deleted = await tx
        .updateTable('crm_connections')
        .set({ deleted_at: sql<Date>`now()` })
        .where('agency_id', '=', agencyId)
        .where('id', '=', connectionId)
        .where('deleted_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!deleted) throw refused('NOT_FOUND');
      await recordEvent(tx, { agencyId, actor, kind: 'crm_connection.deleted', after: { id: connectionId } });
    });
    return c.body(null, 204);
  },
});
