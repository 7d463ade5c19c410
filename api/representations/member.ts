import { z } from '@hono/zod-openapi';
import type { MemberRecord } from '../../db/read/members.ts';
import { roles } from '../../domain/permission.ts';

export const memberSchema = z
  .object({
    personId: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    clientIds: z.array(z.uuid()).nullable().openapi({ description: 'The clients that the member is restricted to; null for all.' }),
    since: z.iso.datetime(),
  })
  .openapi('Member');

export function presentMember({ since, ...member }: MemberRecord): z.infer<typeof memberSchema> {
  return { ...member, since: since.toISOString() };
}
