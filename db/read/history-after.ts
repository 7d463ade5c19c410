import type { AccountId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type HistoryFilter, type HistoryRecord, selectHistory, toHistory } from './history.ts';

/** The next `limit` events behind a position of the account's chain, in the order of the chain. */
export async function readHistoryAfter(
  reader: TenantReader,
  accountId: AccountId,
  filter: HistoryFilter,
  { position, limit }: { position: number; limit: number },
): Promise<HistoryRecord[]> {
  const rows = await selectHistory(reader, accountId, filter).where('seal.position', '>', position).orderBy('seal.position').limit(limit).execute();
  return rows.map(toHistory);
}
