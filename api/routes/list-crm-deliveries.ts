import { readCrmConnection } from '../../db/read/crm-connection.ts';
import { listCrmDeliveries as listCrmDeliveryRecords } from '../../db/read/list-crm-deliveries.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inCrmConnection } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { crmDeliverySchema } from '../representations/crm-delivery.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/crm-connections/{connectionId}/deliveries',
  operationId: 'listCrmDeliveries',
  tags: ['CRM'],
  summary: 'List what came in by a connection in the last thirty days, and what became of it',
  middleware: permit('crm.manage'),
  request: { params: inCrmConnection, query: z.object(pageQuery) },
  responses: {
    200: jsonResponse('A page of deliveries, newest first.', z.object({ items: z.array(crmDeliverySchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/crm-connections/{connectionId}/deliveries` */
export const listCrmDeliveries = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { connectionId } = c.req.valid('param');
    const page = pageRequest(c.req.valid('query'));
    const [connection, deliveries] = await readInTenant(deps.db, sight, (reader) =>
      Promise.all([readCrmConnection(reader, connectionId), listCrmDeliveryRecords(reader, { agencyId, connectionId }, page)]),
    );
    if (!connection) throw refused('NOT_FOUND');
    const items = deliveries.items.map(({ receivedAt, ...delivery }) => ({ ...delivery, receivedAt: receivedAt.toISOString() }));
    return c.json({ items, nextCursor: nextCursor(deliveries.next) }, 200);
  },
});
