import { z } from '@hono/zod-openapi';
import type { ClientRecord } from '../../db/read/clients.ts';
import { clientStates } from '../../domain/client.ts';
import { explainBlocker, onboardingStates } from '../../domain/onboarding.ts';
import type { May } from '../../domain/permission.ts';
import { blockerSchema } from './blocker.ts';
import { shownTo } from './discretion.ts';

export const clientSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    contactEmail: z.string().nullable(),
    externalReference: z.string().nullable(),
    notes: z.string().nullable(),
    state: z.enum(clientStates),
    projectCount: z.int(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    onboarding: z.object({ id: z.uuid(), state: z.enum(onboardingStates), blockers: z.array(blockerSchema) }).nullable(),
  })
  .openapi('ClientAccount');

export type ClientAccount = z.infer<typeof clientSchema>;

/** The client as this reader may be shown it. */
export function presentClient(record: ClientRecord, may: May): ClientAccount {
  const { onboarding } = record;
  return {
    ...shownTo(may, record),
    createdAt: record.createdAt.toISOString(),
    onboarding: onboarding && { ...onboarding, blockers: onboarding.blockers.map(explainBlocker) },
  };
}

/** The strong validator of a client's version. */
export function clientETag({ version }: { version: number }): string {
  return `"${version}"`;
}
