import { z } from 'zod';
import { clientName, clientNotes, contactEmail, externalReference } from './client.ts';
import { domainName, optional, timestamp } from './text.ts';

/** CRMs whose webhooks Foyer understands. */
export const crmProviders = ['standard'] as const;
export type CrmProvider = (typeof crmProviders)[number];

/** What became of a message whose signature held. */
export const crmDeliveryOutcomes = ['onboarding', 'ignored', 'refused'] as const;
export type CrmDeliveryOutcome = (typeof crmDeliveryOutcomes)[number];

/** An event of a `standard` connection, as it is mapped: what was won or changed, and when by the CRM's clock. */
export const standardCrmEvent = z.object({
  type: z.string(),
  timestamp,
  data: z.object({
    externalReference,
    name: clientName,
    contactEmail: optional(contactEmail).nullable(),
    notes: optional(clientNotes).nullable(),
    domain: domainName.nullish(),
  }),
});
export type StandardCrmEvent = z.infer<typeof standardCrmEvent>;
