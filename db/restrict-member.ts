import type { AccountId, ClientId, PersonId } from '../domain/ids.ts';
import type { TenantTransaction } from './tenant.ts';

interface Restriction {
  accountId: AccountId;
  personId: PersonId;
  clientIds: readonly ClientId[];
}

/** Lets a restricted member see these clients of the account and no others. */
export async function restrictMember(tx: TenantTransaction, { accountId, personId, clientIds }: Restriction): Promise<void> {
  await tx.deleteFrom('membership_clients').where('agency_id', '=', accountId).where('person_id', '=', personId).execute();
  if (clientIds.length === 0) return;
  const visible = clientIds.map((clientId) => ({ agency_id: accountId, person_id: personId, client_id: clientId }));
  await tx.insertInto('membership_clients').values(visible).execute();
}
