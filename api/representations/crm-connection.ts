import { z } from '@hono/zod-openapi';
import { crmProviders } from '../../domain/crm.ts';
import type { CrmConnectionId } from '../../domain/ids.ts';

export const crmConnectionSchema = z
  .object({ id: z.uuid(), provider: z.enum(crmProviders), url: z.url(), createdAt: z.iso.datetime() })
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
