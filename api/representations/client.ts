import { z } from '@hono/zod-openapi';
import type { ClientRecord } from '../../db/read/clients.ts';
import { clientStates } from '../../domain/client.ts';
import { erasableFrom } from '../../domain/erasure.ts';
import { explainBlocker, onboardingStates } from '../../domain/onboarding.ts';
import type { May } from '../../domain/permission.ts';
import type { Deps } from '../environment.ts';
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
    archivedAt: z.iso.datetime().nullable(),
    erasableFrom: z.iso.datetime().nullable().openapi({ description: 'Set while the client is archived: from then on an owner may erase it.' }),
    onboarding: z.object({ id: z.uuid(), state: z.enum(onboardingStates), stateSince: z.iso.datetime(), blockers: z.array(blockerSchema) }).nullable(),
    offboarding: z.object({ id: z.uuid(), on: z.iso.date() }).nullable().openapi({ description: 'Set while the client is to leave.' }),
  })
  .openapi('ClientAccount');

export type ClientAccount = z.infer<typeof clientSchema>;

interface ClientReader {
  may: May;
  deps: Pick<Deps, 'retentionDays'>;
}

/** The client as this reader may be shown it. */
export function presentClient(record: ClientRecord, { may, deps }: ClientReader): ClientAccount {
  const { onboarding, offboarding, archivedAt } = record;
  return {
    ...shownTo(may, record),
    createdAt: record.createdAt.toISOString(),
    archivedAt: archivedAt?.toISOString() ?? null,
    erasableFrom: archivedAt && erasableFrom(archivedAt, deps.retentionDays).toISOString(),
    onboarding: onboarding && {
      ...onboarding,
      stateSince: onboarding.stateSince.toISOString(),
      blockers: onboarding.blockers.map((blocker) => explainBlocker(blocker, { clientId: record.id })),
    },
    offboarding: offboarding && { id: offboarding.id, on: offboarding.endsAt.toISOString().slice(0, 10) },
  };
}

/** The strong validator of a client's version. */
export function clientETag({ version }: { version: number }): string {
  return `"${version}"`;
}
