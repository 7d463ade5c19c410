import { z } from '@hono/zod-openapi';
import type { OffboardingRecord } from '../../db/read/offboarding.ts';
import { offboardingStates, packStates } from '../../domain/offboarding.ts';
import { defaultOffboardingPolicy } from '../../domain/offboarding-policy.ts';

export const offboardingSchema = z
  .object({
    id: z.uuid(),
    clientId: z.uuid(),
    state: z.enum(offboardingStates),
    on: z.iso.date(),
    message: z.string().nullable(),
    remindersSent: z.int(),
    nextReminderAt: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'When people are reminded next; null where no reminder is left, or the offboarding has ended.' }),
    pack: z.object({ state: z.enum(packStates), bytes: z.int().nullable(), madeAt: z.iso.datetime().nullable(), expiresAt: z.iso.datetime().nullable() }),
    workflowId: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .openapi('Offboarding');

export function presentOffboarding(record: OffboardingRecord): z.infer<typeof offboardingSchema> {
  const time = (value: Date | null) => value?.toISOString() ?? null;
  const { endsAt, pack, ...offboarding } = record;
  return {
    ...offboarding,
    on: endsAt.toISOString().slice(0, 10),
    nextReminderAt: time(nextReminderOf(record)),
    pack: { ...pack, madeAt: time(pack.madeAt), expiresAt: time(pack.expiresAt) },
    createdAt: record.createdAt.toISOString(),
    finishedAt: time(record.finishedAt),
  };
}

/** One whose time had come before the offboarding began goes out at once, and is not what is next. */
function nextReminderOf({ state, endsAt, remindersSent, createdAt }: OffboardingRecord): Date | null {
  const beforeMs = state === 'scheduled' ? defaultOffboardingPolicy.remindBeforeMs[remindersSent] : undefined;
  if (beforeMs === undefined) return null;
  const at = new Date(endsAt.getTime() - beforeMs);
  return at > createdAt ? at : null;
}
