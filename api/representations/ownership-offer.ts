import { z } from '@hono/zod-openapi';
import type { OwnershipOfferRecord } from '../../db/read/ownership-offer.ts';
import { formerOwnerRoles } from '../../domain/membership.ts';

const party = z.object({ personId: z.uuid(), name: z.string() });

export const ownershipOfferSchema = z
  .object({
    from: party,
    to: party,
    formerRole: z.enum(formerOwnerRoles).openapi({ description: 'What whoever offers is once it is accepted.' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('OwnershipOffer');

export function presentOwnershipOffer({ createdAt, expiresAt, ...offer }: OwnershipOfferRecord): z.infer<typeof ownershipOfferSchema> {
  return { ...offer, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
