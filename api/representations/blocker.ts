import { z } from '@hono/zod-openapi';

export const blockerSchema = z
  .object({ code: z.string(), message: z.string(), nextAction: z.object({ label: z.string(), path: z.string().optional() }) })
  .openapi('Blocker');
