import type { AccountId, ApiKeyId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/permission.ts';
import type { TenantReader } from '../tenant.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

/** A key as lists show it: never the key or its hash. */
export interface ListedApiKey {
  id: ApiKeyId;
  name: string;
  prefix: string;
  scopes: Scope[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  replacedBy: ApiKeyId | null;
}

/** A page of the account's keys, newest first, those that open nothing any more among them. */
export async function listApiKeys(reader: TenantReader, accountId: AccountId, page: PageRequest): Promise<Page<ListedApiKey>> {
  const rows = await reader
    .selectFrom('api_keys')
    .select(['id', 'name', 'prefix', 'scopes', 'created_at', 'last_used_at', 'expires_at', 'revoked_at', 'replaced_by'])
    .where('agency_id', '=', accountId)
    .$call(newestFirst('api_keys', page))
    .execute();
  return cutPage(rows, page.limit, (row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    replacedBy: row.replaced_by,
  }));
}
