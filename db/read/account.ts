import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** What an account's page shows; counts of clients and projects as far as they are seen. */
export interface AccountRecord {
  id: AccountId;
  kind: 'agency' | 'direct';
  name: string;
  billingEmail: string;
  members: number;
  pendingInvitations: number;
  clients: number;
  projects: number;
  createdAt: Date;
}

/** The account, or undefined where there is none. */
export async function readAccount(reader: TenantReader, accountId: AccountId): Promise<AccountRecord | undefined> {
  const row = await reader
    .selectFrom('accounts as account')
    .where('account.id', '=', accountId)
    .select((eb) => {
      const countOf = (table: 'memberships' | 'clients' | 'projects') =>
        eb
          .selectFrom(table)
          .where('agency_id', '=', accountId)
          .select(({ fn }) => fn.countAll<number>().as('count'));
      return [
        'account.kind',
        'account.name',
        'account.billing_email',
        'account.created_at',
        countOf('memberships').as('members'),
        countOf('clients').as('clients'),
        countOf('projects').as('projects'),
        eb
          .selectFrom('invitations')
          .where('agency_id', '=', accountId)
          .where('state', '=', 'pending')
          .where('expires_at', '>', new Date())
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .as('pending_invitations'),
      ];
    })
    .executeTakeFirst();
  return (
    row && {
      id: accountId,
      kind: row.kind,
      name: row.name,
      billingEmail: row.billing_email,
      members: row.members ?? 0,
      pendingInvitations: row.pending_invitations ?? 0,
      clients: row.clients ?? 0,
      projects: row.projects ?? 0,
      createdAt: row.created_at,
    }
  );
}
