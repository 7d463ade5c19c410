import { sql } from 'kysely';
import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import type { FeedPosition } from './events.ts';

/** The position behind the account's newest event that nothing older can still overtake; null while there is none. */
export async function readFeedEnd(reader: TenantReader, accountId: AccountId): Promise<FeedPosition | null> {
  const last = await reader
    .selectFrom('events as event')
    .select([sql<string>`event.txid::text`.as('txid'), 'event.id'])
    .where('event.agency_id', '=', accountId)
    .where(sql<boolean>`event.txid < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('event.txid', 'desc')
    .orderBy('event.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? null;
}
