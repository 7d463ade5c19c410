import type { AccountId, PersonId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** An offer of ownership that waits for its answer. */
export interface OwnershipOfferRecord {
  from: { personId: PersonId; name: string };
  to: { personId: PersonId; name: string };
  /** What whoever offers is once it is accepted. */
  formerRole: 'owner' | 'admin';
  createdAt: Date;
  expiresAt: Date;
}

/** The account's offer of ownership; undefined where there is none, or it has passed. */
export async function readOwnershipOffer(reader: TenantReader, accountId: AccountId): Promise<OwnershipOfferRecord | undefined> {
  const row = await reader
    .selectFrom('ownership_offers as offer')
    .innerJoin('auth.people as giver', 'giver.id', 'offer.from_person_id')
    .innerJoin('auth.people as taker', 'taker.id', 'offer.to_person_id')
    .where('offer.agency_id', '=', accountId)
    .where('offer.expires_at', '>', new Date())
    .select([
      'offer.from_person_id',
      'giver.name as from_name',
      'offer.to_person_id',
      'taker.name as to_name',
      'offer.former_role',
      'offer.created_at',
      'offer.expires_at',
    ])
    .executeTakeFirst();
  return (
    row && {
      from: { personId: row.from_person_id, name: row.from_name },
      to: { personId: row.to_person_id, name: row.to_name },
      formerRole: row.former_role,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }
  );
}
