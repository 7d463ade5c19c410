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
    offboarding: z.object({ id: z.uuid(), on: z.iso.date() }).nullable().openapi({ description: 'Set while the client is to leave.' }),
  })
  .openapi('ClientAccount');

export type ClientAccount = z.infer<typeof clientSchema>;

/** The client as this reader may be shown it. */
export function presentClient(record: ClientRecord, may: May): ClientAccount {
  const { onboarding, offboarding } = record;
  return {
    ...shownTo(may, record),
    createdAt: record.createdAt.toISOString(),
    onboarding: onboarding && { ...onboarding, blockers: onboarding.blockers.map(explainBlocker) },
    offboarding: offboarding && { id: offboarding.id, on: offboarding.endsAt.toISOString().slice(0, 10) },
  };
}

/** The strong validator of a client's version. */
export function clientETag({ version }: { version: number }): string {
  return `"${version}"`;
}
