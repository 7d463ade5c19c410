import { readEvents } from '../../db/read/events.ts';
import { readFeedEnd } from '../../db/read/feed-end.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { feedCursor, feedPositionOf } from '../cursor.ts';
import { follow, sayStillHere } from '../follow.ts';
import { createRoute, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { eventSchema, presentEvent } from '../representations/event.ts';

/** An event that an older transaction holds back is told by no notification: it is looked for. */
const lookAgainMs = 2_000;
const pageSize = 100;

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/events/stream',
  operationId: 'streamEvents',
  tags: ['Events'],
  summary: 'Follow the events of the agency as server-sent events',
  description:
    'Sends what happens from now on, or, with `Last-Event-ID`, everything since that event. Each is an event named `event`, its id the cursor of the feed. It closes after a quarter of an hour; whoever connects again with the last id misses nothing.',
  middleware: permit('clients.read'),
  request: { params: inAgency, headers: z.object({ 'last-event-id': z.string().optional() }) },
  responses: {
    200: { description: 'The stream; each `data` is an Event.', content: { 'text/event-stream': { schema: eventSchema } } },
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/events/stream` */
export const streamEvents = operation({
  route,
  handler: async (c) => {
    const { agencyId, deps } = c.var;
    const lastEventId = c.req.header('last-event-id');
    const seen = lastEventId === undefined ? undefined : feedPositionOf(lastEventId);
    if (lastEventId !== undefined && !seen) {
      throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/headers/last-event-id', message: 'is not an id that this stream has given' }] });
    }
    let shown = seen ?? (await readInTenant(deps.db, c.var.sight, (reader) => readFeedEnd(reader, agencyId)));
    const stream = follow(c, {
      subscribe: (onChange) => deps.watches.events.subscribe(agencyId, onChange),
      lookAgainMs,
      async tell(sse, { sight, may }) {
        const after = shown;
        const items = await readInTenant(deps.db, sight, (reader) => readEvents(reader, agencyId, { after, limit: pageSize }));
        for (const { event, position } of items) {
          await sse.writeSSE({ event: 'event', id: feedCursor(position), data: JSON.stringify(presentEvent(event, may)) });
          shown = position;
        }
        if (items.length === 0) await sayStillHere(sse);
        return items.length < pageSize ? 'all' : 'more';
      },
    });
    return stream as never;
  },
});
