import { recordEvent } from '../db/record-event.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AccountId, ApiKeyId } from '../domain/ids.ts';
import type { Scope } from '../domain/permission.ts';
import { createApiKey } from './auth/api-key.ts';

export interface KeyToInsert {
  accountId: AccountId;
  id: ApiKeyId;
  name: string;
  scopes: readonly Scope[];
  expiresAt: Date | null;
  /** The key whose place it takes. */
  replaces?: ApiKeyId;
  actor: Actor;
}

/** Makes a key, and writes down what is kept of it; the key itself is for its maker alone. */
export async function insertApiKey(tx: TenantTransaction, { accountId, id, name, scopes, expiresAt, replaces, actor }: KeyToInsert) {
  const { key, prefix, hash } = createApiKey();
  const granted = [...new Set(scopes)];
  const { created_at } = await tx
    .insertInto('api_keys')
    .values({ agency_id: accountId, id, name, prefix, key_hash: hash, scopes: granted, expires_at: expiresAt })
    .returning('created_at')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, {
    agencyId: accountId,
    actor,
    kind: replaces ? 'api_key.rotated' : 'api_key.created',
    before: replaces ? { id: replaces } : null,
    after: { id, name, prefix, scopes: granted, ...(expiresAt && { expiresAt }) },
  });
  return { key, record: { id, name, prefix, scopes: granted, createdAt: created_at, lastUsedAt: null, expiresAt, revokedAt: null, replacedBy: null } };
}
