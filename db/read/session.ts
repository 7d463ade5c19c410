import { type Kysely, sql } from 'kysely';
import type { AccountId, ClientId, PersonId } from '../../domain/ids.ts';
import type { Role } from '../../domain/permission.ts';
import type { Database } from '../schema.ts';
import type { MembershipRecord } from './memberships.ts';

/** A person who is signed in, with the accounts the person belongs to, oldest membership first. */
export interface PersonRecord {
  kind: 'person';
  personId: PersonId;
  sessionId: string;
  name: string;
  email: string;
  /** The account last switched to; null for none, or for one the person does not belong to any more. */
  currentAccountId: AccountId | null;
  memberships: readonly MembershipRecord[];
}

/** Whose session this is, unless it was revoked or has expired: one statement, asked anew at every request, so that a revoked one ends at once. */
export async function readSession(db: Kysely<Database>, token: string): Promise<PersonRecord | undefined> {
  const { rows } = await sql<SessionRow>`select * from foyer.find_session(${token})`.execute(db);
  const [first] = rows;
  if (!first) return undefined;
  const memberships = rows.flatMap(membershipOf);
  return {
    kind: 'person',
    personId: first.person_id,
    sessionId: first.session_id,
    name: first.name,
    email: first.email,
    currentAccountId: memberships.find(({ accountId }) => accountId === first.current_account_id)?.accountId ?? null,
    memberships,
  };
}

function membershipOf(row: SessionRow): MembershipRecord[] {
  if (row.account_id === null) return [];
  return [
    {
      accountId: row.account_id,
      accountKind: row.kind,
      accountName: row.account_name,
      role: row.role,
      clientIds: row.client_ids,
      since: row.member_since,
    },
  ];
}

type SessionRow = {
  session_id: string;
  person_id: PersonId;
  name: string;
  email: string;
  current_account_id: AccountId | null;
} & (
  | { account_id: null }
  | { account_id: AccountId; kind: 'agency' | 'direct'; account_name: string; role: Role; client_ids: ClientId[] | null; member_since: Date }
);
