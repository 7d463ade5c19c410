import { type Kysely, sql } from 'kysely';
import type { AccountId, ClientId, PersonId } from '../../domain/ids.ts';
import type { Role } from '../../domain/permission.ts';
import type { Database } from '../schema.ts';

/** An account that a person belongs to, and what the person is and sees in it. */
export interface MembershipRecord {
  accountId: AccountId;
  accountKind: 'agency' | 'direct';
  accountName: string;
  role: Role;
  /** The clients that a restricted member sees; null for one who sees all. */
  clientIds: readonly ClientId[] | null;
  since: Date;
}

/** The accounts a person belongs to, oldest membership first: a person sees their own, before the tenant is known. */
export async function readMemberships(db: Kysely<Database>, personId: PersonId): Promise<MembershipRecord[]> {
  const { rows } = await sql<MembershipRow>`select * from foyer.find_memberships(${personId})`.execute(db);
  return rows.map((row) => ({
    accountId: row.account_id,
    accountKind: row.kind,
    accountName: row.account_name,
    role: row.role,
    clientIds: row.client_ids,
    since: row.created_at,
  }));
}

interface MembershipRow {
  account_id: AccountId;
  kind: 'agency' | 'direct';
  account_name: string;
  role: Role;
  client_ids: ClientId[] | null;
  created_at: Date;
}
