import { inTenant } from '../../db/tenant.ts';
import type { AccountId, ClientId, PersonId } from '../../domain/ids.ts';
import type { Role } from '../../domain/permission.ts';
import type { TestDatabase } from './database.ts';
import { newPersonId } from './ids.ts';

export interface MemberTerms {
  role: Role;
  /** The clients that the member is restricted to; without it the member sees all. */
  clientIds?: readonly ClientId[];
  /** A person who is there already; without it a new one. */
  personId?: PersonId;
}

/** A member of the account, written as the API writes it. */
export async function openMember({ api }: TestDatabase, accountId: AccountId, { role, clientIds, personId: known }: MemberTerms): Promise<PersonId> {
  const personId = known ?? newPersonId();
  if (!known) {
    const person = { id: personId, name: 'Robin Example', email: `${personId}@people.example`, email_verified: true, image: null, current_account_id: null };
    await api.insertInto('auth.people').values(person).execute();
  }
  await inTenant(api, accountId, async (tx) => {
    await tx
      .insertInto('memberships')
      .values({ agency_id: accountId, person_id: personId, role, restricted: clientIds !== undefined })
      .execute();
    const visible = (clientIds ?? []).map((clientId) => ({ agency_id: accountId, person_id: personId, client_id: clientId }));
    if (visible.length > 0) await tx.insertInto('membership_clients').values(visible).execute();
  });
  return personId;
}
