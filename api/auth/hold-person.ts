import type { TenantTransaction } from '../../db/tenant.ts';
import type { PersonId } from '../../domain/ids.ts';
import { refused } from '../refused.ts';

/** What is kept of a person who is held. */
export interface HeldPerson {
  email: string;
  email_verified: boolean;
}

/**
 * The person with their address, held until the transaction ends: who goes waits for who joins an account, and the other way round. Comes before any
 * hold of an account's people. Refuses with `UNAUTHENTICATED` where the person has gone since the request came in.
 */
export async function holdPerson(tx: TenantTransaction, personId: PersonId, purpose: 'to join' | 'to go'): Promise<HeldPerson> {
  const found = tx.selectFrom('auth.people').select(['email', 'email_verified']).where('id', '=', personId);
  const person = await (purpose === 'to go' ? found.forUpdate() : found.forKeyShare()).executeTakeFirst();
  if (!person) throw refused('UNAUTHENTICATED');
  return person;
}
