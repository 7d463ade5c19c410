import { z } from '@hono/zod-openapi';
import type { HistoryRecord } from '../../db/read/history.ts';
import type { May } from '../../domain/permission.ts';
import { eventSchema, presentEvent } from './event.ts';

export const historySchema = eventSchema
  .extend({
    from: z
      .object({ requestId: z.string(), network: z.string().nullable(), userAgent: z.string().nullable() })
      .nullable()
      .openapi({ description: 'Where the request came from: its id, the network of the caller (an IPv4 /24 or an IPv6 /48), what the software calls itself.' }),
    erased: z.boolean().openapi({ description: 'What was personal in it is gone with its client.' }),
    seal: z.object({ position: z.int(), hash: z.string() }).openapi({
      description: 'The place in the chain of the account. The hash covers this event and every one before it: whoever keeps it can hold the history to it.',
    }),
  })
  .openapi('HistoryEvent');

export type HistoryEvent = z.infer<typeof historySchema>;

/** The event, where it came from and where it stands in the chain, as this reader may be shown it. */
export function presentHistory(record: HistoryRecord, may: May): HistoryEvent {
  const { position, hash, origin, erased } = record;
  return { ...presentEvent(record, may), from: origin, erased, seal: { position, hash: hash.toString('hex') } };
}
