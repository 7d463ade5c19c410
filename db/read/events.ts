import { sql } from 'kysely';
import type { Actor } from '../../domain/actor.ts';
import type { AccountId, ClientId, EventId, OnboardingId, ProjectId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

export interface EventRecord {
  id: EventId;
  kind: string;
  actor: Actor;
  clientId: ClientId | null;
  projectId: ProjectId | null;
  onboardingId: OnboardingId | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  at: Date;
}

/** A place in the feed: behind this event. */
export interface FeedPosition {
  txid: string;
  id: string;
}

/**
 * The account's events after a position, oldest first, and the position behind the last one. Events of transactions that could still be
 * overtaken by an older one are held back, so that whoever polls with the last position misses none.
 */
export async function readEvents(
  reader: TenantReader,
  accountId: AccountId,
  { after, limit }: { after: FeedPosition | null; limit: number },
): Promise<{ items: EventRecord[]; position: FeedPosition | null }> {
  let query = reader
    .selectFrom('events')
    .selectAll()
    .select(sql<string>`txid::text`.as('txid_text'))
    .where('agency_id', '=', accountId)
    .where(sql<boolean>`txid < pg_snapshot_xmin(pg_current_snapshot())`);
  if (after) query = query.where(sql<boolean>`(txid, id) > (${after.txid}::xid8, ${after.id}::uuid)`);
  const rows = await query.orderBy('txid').orderBy('id').limit(limit).execute();
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      actor: row.actor,
      clientId: row.client_id,
      projectId: row.project_id,
      onboardingId: row.onboarding_id,
      before: row.before,
      after: row.after,
      at: row.at,
    })),
    position: last ? { txid: last.txid_text, id: last.id } : after,
  };
}
