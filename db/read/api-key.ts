import { type Kysely, sql } from 'kysely';
import type { AccountId, ApiKeyId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/permission.ts';
import type { Database } from '../schema.ts';

/** A key that opens something, and the account it belongs to. */
export interface ApiKeyRecord {
  kind: 'apiKey';
  keyId: ApiKeyId;
  keyName: string;
  accountId: AccountId;
  accountKind: 'agency' | 'direct';
  accountName: string;
  scopes: readonly Scope[];
  /** Null for one that does not expire. */
  validUntil: Date | null;
}

/** The key with this hash, unless it was revoked or has expired: whoever presents a key sees its row, before the tenant is known. */
export async function readApiKey(db: Kysely<Database>, keyHash: Buffer): Promise<ApiKeyRecord | undefined> {
  const { rows } = await sql<ApiKeyRow>`select * from foyer.find_api_key(${keyHash})`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  return {
    kind: 'apiKey',
    keyId: row.id,
    keyName: row.name,
    accountId: row.account_id,
    accountKind: row.kind,
    accountName: row.account_name,
    scopes: row.scopes,
    validUntil: row.valid_until,
  };
}

interface ApiKeyRow {
  id: ApiKeyId;
  name: string;
  scopes: Scope[];
  valid_until: Date | null;
  account_id: AccountId;
  kind: 'agency' | 'direct';
  account_name: string;
}
