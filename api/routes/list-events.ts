import { readEvents } from '../../db/read/events.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { feedCursor, feedQuery, feedRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { eventSchema, presentEvent } from '../representations/event.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/events',
  operationId: 'listEvents',
  tags: ['Events'],
  summary: 'Poll the events of the agency, oldest first',
  description: 'Pass `nextCursor` as `after` in the next poll. Nothing is missed between two polls, and nothing comes twice.',
  middleware: permit('clients.read'),
  request: { params: inAgency, query: z.object(feedQuery) },
  responses: {
    200: jsonResponse('Events after the cursor.', z.object({ items: z.array(eventSchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/events` */
export const listEvents = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, may, deps } = c.var;
    const request = feedRequest(c.req.valid('query'));
    const items = await readInTenant(deps.db, sight, (reader) => readEvents(reader, agencyId, request));
    const position = items.at(-1)?.position ?? request.after;
    return c.json({ items: items.map(({ event }) => presentEvent(event, may)), nextCursor: position && feedCursor(position) }, 200);
  },
});
