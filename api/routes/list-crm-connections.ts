import { listCrmConnections as listCrmConnectionRecords } from '../../db/read/list-crm-connections.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { listedCrmConnectionSchema, webhookUrl } from '../representations/crm-connection.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/crm-connections',
  operationId: 'listCrmConnections',
  tags: ['CRM'],
  summary: 'List CRM connections, without their secrets',
  middleware: permit('crm.manage'),
  request: { params: inAgency, query: z.object(pageQuery) },
  responses: {
    200: jsonResponse('A page of connections.', z.object({ items: z.array(listedCrmConnectionSchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/crm-connections` */
export const listCrmConnections = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listCrmConnectionRecords(reader, agencyId, pageRequest(c.req.valid('query'))));
    const shown = items.map(({ createdAt, lastDeliveryAt, lastUnverifiedAt, ...connection }) => ({
      ...connection,
      url: webhookUrl(deps.publicUrl, connection.id),
      createdAt: createdAt.toISOString(),
      lastDeliveryAt: lastDeliveryAt?.toISOString() ?? null,
      lastUnverifiedAt: lastUnverifiedAt?.toISOString() ?? null,
    }));
    return c.json({ items: shown, nextCursor: nextCursor(next) }, 200);
  },
});
