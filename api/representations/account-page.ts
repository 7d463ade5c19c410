import { z } from '@hono/zod-openapi';
import type { AccountRecord } from '../../db/read/account.ts';
import { accountKinds } from '../../domain/account.ts';
import { roles } from '../../domain/permission.ts';

export const accountPageSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(accountKinds),
    name: z.string(),
    role: z.enum(roles).nullable().openapi({ description: 'What the caller is in the account; null for a key.' }),
    billingEmail: z.string().nullable().openapi({ description: 'Null for whoever may not change it.' }),
    counts: z.object({ members: z.int(), pendingInvitations: z.int(), clients: z.int(), projects: z.int() }),
    createdAt: z.iso.datetime(),
  })
  .openapi('AccountPage');
type AccountPage = z.infer<typeof accountPageSchema>;

/** @param seesBilling may the caller change the account? */
export function presentAccountPage(record: AccountRecord, role: AccountPage['role'], seesBilling: boolean): AccountPage {
  const { id, kind, name, members, pendingInvitations, clients, projects } = record;
  return {
    id,
    kind,
    name,
    role,
    billingEmail: seesBilling ? record.billingEmail : null,
    counts: { members, pendingInvitations, clients, projects },
    createdAt: record.createdAt.toISOString(),
  };
}
