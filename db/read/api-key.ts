import type { AccountId, ApiKeyId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/permission.ts';
import type { TenantReader } from '../tenant.ts';

/** A key that opens something, and the account it belongs to. */
export interface ApiKeyRecord {
  kind: 'apiKey';
  keyId: ApiKeyId;
  keyName: string;
  accountId: AccountId;
  accountKind: 'agency' | 'direct';
  accountName: string;
  scopes: readonly Scope[];
}

/** The key with this hash, unless it was revoked or has expired. Needs the sight of `presentedKeyHash`. */
export async function readApiKey(reader: TenantReader, keyHash: Buffer): Promise<ApiKeyRecord | undefined> {
  const row = await reader
    .selectFrom('api_keys as key')
    .innerJoin('accounts as account', 'account.id', 'key.agency_id')
    .select(['key.id', 'key.name', 'key.scopes', 'account.id as account_id', 'account.kind', 'account.name as account_name'])
    .where('key.key_hash', '=', keyHash)
    .where('key.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('key.expires_at', 'is', null), eb('key.expires_at', '>', new Date())]))
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    kind: 'apiKey',
    keyId: row.id,
    keyName: row.name,
    accountId: row.account_id,
    accountKind: row.kind,
    accountName: row.account_name,
    scopes: row.scopes,
  };
}
