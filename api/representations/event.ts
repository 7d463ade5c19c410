import { z } from '@hono/zod-openapi';
import type { EventRecord } from '../../db/read/event-records.ts';

export const eventSchema = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    actor: z.object({ kind: z.string(), label: z.string(), id: z.string().optional() }),
    clientId: z.uuid().nullable(),
    projectId: z.uuid().nullable(),
    onboardingId: z.uuid().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    at: z.iso.datetime(),
  })
  .openapi('Event');

export function presentEvent(record: EventRecord): z.infer<typeof eventSchema> {
  const { origin: _, erased: __, ...told } = record;
  return { ...told, at: record.at.toISOString() };
}
