import { z } from '@hono/zod-openapi';
import { accountKinds, planRequest } from '../../domain/account.ts';

export const planSchema = planRequest.extend({ clientsUsed: z.int(), overLimit: z.boolean() }).openapi('Plan');

export const accountSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(accountKinds),
    name: z.string(),
    billingEmail: z.string(),
    invitation: z.object({ email: z.string(), role: z.literal('owner'), expiresAt: z.iso.datetime() }),
    plan: planRequest.nullable(),
  })
  .openapi('Account');
