import { z } from '@hono/zod-openapi';
import type { InvitationRecord } from '../../db/read/invitations.ts';
import { invitationStates } from '../../domain/membership.ts';
import { roles } from '../../domain/permission.ts';

export const invitationSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(roles),
    clientIds: z.array(z.uuid()).nullable().openapi({ description: 'The clients that the member will be restricted to; null for all.' }),
    state: z.enum(invitationStates),
    invitedBy: z.string().nullable().openapi({ description: 'The name of whoever invited.' }),
    acceptedBy: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('Invitation');

export function presentInvitation({ invitedBy, createdAt, expiresAt, ...invitation }: InvitationRecord): z.infer<typeof invitationSchema> {
  return { ...invitation, invitedBy: invitedBy?.label ?? null, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
