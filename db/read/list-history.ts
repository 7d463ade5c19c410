import { sql } from 'kysely';
import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type HistoryFilter, type HistoryRecord, selectHistory, toHistory } from './history.ts';
import type { Page, PageRequest } from './page.ts';

/** A page of the account's history, newest first. */
export async function listHistory(
  reader: TenantReader,
  accountId: AccountId,
  filter: HistoryFilter,
  { limit, after }: PageRequest,
): Promise<Page<HistoryRecord>> {
  let query = selectHistory(reader, accountId, filter);
  if (after) query = query.where(sql<boolean>`(event.at, event.id) < (${after.at}, ${after.id}::uuid)`);
  const rows = await query
    .orderBy('event.at', 'desc')
    .orderBy('event.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toHistory), next: rows.length > limit && last ? { at: last.at, id: last.id } : null };
}
