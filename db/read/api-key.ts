import type { AccountId, ApiKeyId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/permission.ts';
import type { TenantReader } from '../tenant.ts';

export interface ApiKeyRecord {
  id: ApiKeyId;
  accountId: AccountId;
  name: string;
  scopes: Scope[];
}

/** The key with this hash, unless it was revoked or has expired. Needs the sight of `presentedKeyHash`. */
export async function readApiKey(reader: TenantReader, keyHash: Buffer): Promise<ApiKeyRecord | undefined> {
  const row = await reader
    .selectFrom('api_keys')
    .select(['id', 'agency_id', 'name', 'scopes'])
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', new Date())]))
    .executeTakeFirst();
  return row && { id: row.id, accountId: row.agency_id, name: row.name, scopes: row.scopes };
}
