import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { ApiKeyRecord } from '../../db/read/api-key.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenant.ts';
import type { AccountId, ApiKeyId } from '../../domain/ids.ts';

/** Keeps when each key was last used, apart from the requests that use it. */
export interface KeyUse {
  note(key: ApiKeyRecord): void;
  /** Writes what was noted. What cannot be written is logged and left: the next use is written again. */
  flush(): Promise<void>;
  /** Writes what was noted and ends. */
  stop(): Promise<void>;
}

/** A key that is used all the time is written once a minute. */
const writtenForMs = 60_000;

export function createKeyUse(db: Kysely<Database>, log: Logger, { flushMs = 10_000 }: { flushMs?: number } = {}): KeyUse {
  const written = new LRUCache<ApiKeyId, true>({ max: 10_000, ttl: writtenForMs });
  let noted = new Map<AccountId, Set<ApiKeyId>>();
  const timer = setInterval(() => void flush(), flushMs);
  timer.unref();

  async function flush(): Promise<void> {
    const taken = noted;
    noted = new Map();
    for (const [accountId, keyIds] of taken) {
      try {
        await writeUse(db, accountId, [...keyIds]);
      } catch (error) {
        log.warn({ err: error, agencyId: accountId }, 'when keys were used is not written down');
        for (const keyId of keyIds) written.delete(keyId);
      }
    }
  }

  return {
    note({ accountId, keyId }) {
      if (written.has(keyId)) return;
      written.set(keyId, true);
      noted.set(accountId, (noted.get(accountId) ?? new Set()).add(keyId));
    },
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}

async function writeUse(db: Kysely<Database>, accountId: AccountId, keyIds: ApiKeyId[]): Promise<void> {
  await inTenant(db, accountId, (tx) =>
    tx.updateTable('api_keys').set({ last_used_at: new Date() }).where('agency_id', '=', accountId).where('id', 'in', keyIds).execute(),
  );
}
