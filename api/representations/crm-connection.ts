import { z } from '@hono/zod-openapi';
import { crmProviders } from '../../domain/crm.ts';
import type { CrmConnectionId } from '../../domain/ids.ts';

const pointer = z.string().nullable().openapi({ description: 'A JSON pointer into `data`; null for what is not taken.' });
const eventTypes = z.array(z.string());

export const crmConnectionSchema = z
  .object({
    id: z.uuid(),
    provider: z.enum(crmProviders),
    url: z.url(),
    trigger: z.object({ onboard: eventTypes, update: eventTypes }).openapi({ description: "What the CRM's types of events do; others are ignored." }),
    mapping: z.object({ externalReference: pointer, name: pointer, contactEmail: pointer, notes: pointer, domain: pointer }),
    createdAt: z.iso.datetime(),
  })
  .openapi('CrmConnection');

export const listedCrmConnectionSchema = crmConnectionSchema
  .extend({
    lastDeliveryAt: z.iso.datetime().nullable(),
    lastUnverifiedAt: z.iso.datetime().nullable().openapi({ description: 'When a message last came whose signature did not hold.' }),
  })
  .openapi('ListedCrmConnection');

export const newCrmConnectionSchema = crmConnectionSchema
  .extend({ secret: z.string().openapi({ description: 'Signs the messages; shown this once.' }) })
  .openapi('NewCrmConnection');

/** Where the CRM sends its events. */
export function webhookUrl(publicUrl: string, connectionId: CrmConnectionId): string {
  return `${publicUrl}/v1/webhooks/crm/${connectionId}`;
}
