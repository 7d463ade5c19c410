import { z } from '@hono/zod-openapi';
import type { EventRecord } from '../../db/read/event-records.ts';
import type { May } from '../../domain/permission.ts';
import { fieldsShownTo } from './discretion.ts';

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

/** The event as this reader may be shown it. */
export function presentEvent(record: EventRecord, may: May): z.infer<typeof eventSchema> {
  return {
    id: record.id,
    kind: record.kind,
    actor: record.actor,
    clientId: record.clientId,
    projectId: record.projectId,
    onboardingId: record.onboardingId,
    before: fieldsShownTo(may, record.before),
    after: fieldsShownTo(may, record.after),
    at: record.at.toISOString(),
  };
}
