import { sql } from 'kysely';
import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type EventRecord, selectEvents, toEvent } from './event-records.ts';

/** A place in the feed: behind this event. */
export interface FeedPosition {
  txid: string;
  id: string;
}

/** An event where it stands in the feed. */
export interface FeedItem {
  event: EventRecord;
  position: FeedPosition;
}

/**
 * The account's events after a position, oldest first. Events of transactions that could still be
 * overtaken by an older one are held back, so that whoever goes on from the last position misses none.
 */
export async function readEvents(
  reader: TenantReader,
  accountId: AccountId,
  { after, limit }: { after: FeedPosition | null; limit: number },
): Promise<FeedItem[]> {
  let query = selectEvents(reader, accountId)
    .select(sql<string>`event.txid::text`.as('txid'))
    .where(sql<boolean>`event.txid < pg_snapshot_xmin(pg_current_snapshot())`);
  if (after) query = query.where(sql<boolean>`(event.txid, event.id) > (${after.txid}::xid8, ${after.id}::uuid)`);
  const rows = await query.orderBy('event.txid').orderBy('event.id').limit(limit).execute();
  return rows.map((row) => ({ event: toEvent(row), position: { txid: row.txid, id: row.id } }));
}
