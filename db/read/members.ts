import { sql } from 'kysely';
import type { AccountId, ClientId, PersonId } from '../../domain/ids.ts';
import type { Role } from '../../domain/permission.ts';
import type { TenantReader } from '../tenant.ts';

/** A person of an account. */
export interface MemberRecord {
  personId: PersonId;
  name: string;
  email: string;
  role: Role;
  /** The clients that a restricted member sees; null for one who sees all. */
  clientIds: ClientId[] | null;
  since: Date;
}

/** The account's people with what they are and see, for the queries of this folder to narrow. */
export function selectMembers(reader: TenantReader, accountId: AccountId) {
  return reader
    .selectFrom('memberships as membership')
    .innerJoin('auth.people as person', 'person.id', 'membership.person_id')
    .where('membership.agency_id', '=', accountId)
    .select([
      'person.id',
      'person.name',
      'person.email',
      'membership.role',
      'membership.created_at',
      sql<ClientId[] | null>`case when membership.restricted then array(
        select visible.client_id from membership_clients as visible
        where visible.agency_id = membership.agency_id and visible.person_id = membership.person_id order by visible.client_id
      ) end`.as('client_ids'),
    ]);
}

export interface MemberRow {
  id: PersonId;
  name: string;
  email: string;
  role: Role;
  created_at: Date;
  client_ids: ClientId[] | null;
}

export function toMember({ id, name, email, role, created_at, client_ids }: MemberRow): MemberRecord {
  return { personId: id, name, email, role, clientIds: client_ids, since: created_at };
}
