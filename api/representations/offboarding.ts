import { z } from '@hono/zod-openapi';
import type { OffboardingRecord } from '../../db/read/offboarding.ts';
import { offboardingStates, packStates } from '../../domain/offboarding.ts';

export const offboardingSchema = z
  .object({
    id: z.uuid(),
    clientId: z.uuid(),
    state: z.enum(offboardingStates),
    on: z.iso.date(),
    message: z.string().nullable(),
    remindersSent: z.int(),
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
    pack: { ...pack, madeAt: time(pack.madeAt), expiresAt: time(pack.expiresAt) },
    createdAt: record.createdAt.toISOString(),
    finishedAt: time(record.finishedAt),
  };
}
