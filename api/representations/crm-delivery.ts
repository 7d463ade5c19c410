import { z } from '@hono/zod-openapi';
import { crmDeliveryOutcomes } from '../../domain/crm.ts';

export const crmDeliverySchema = z
  .object({
    id: z.uuid(),
    messageId: z.string().openapi({ description: "The sender's id of the message." }),
    type: z.string().nullable(),
    outcome: z.enum(crmDeliveryOutcomes),
    onboardingId: z.uuid().nullable(),
    reason: z.string().nullable().openapi({ description: 'Why it was ignored, or the code of the refusal.' }),
    replayed: z.boolean().openapi({ description: 'The same message came before, and was answered the same.' }),
    receivedAt: z.iso.datetime(),
  })
  .openapi('CrmDelivery');
