import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { type ApiKeyRecord, readApiKey } from '../../db/read/api-key.ts';
import type { Database } from '../../db/schema.ts';
import type { Listener } from '../notifications.ts';

/** Finds API keys, those in use without asking the database. */
export interface KeyRing {
  /** The key with this SHA-256, unless it was revoked or has expired. */
  find(keyHash: Buffer): Promise<ApiKeyRecord | undefined>;
}

/** Bounds what a notification lost without a trace could cost, and how long an account's changed name is shown as it was. */
const rememberedMs = 30_000;

/**
 * Remembers keys while, and only while, the process hears what the database tells: of a key that changed, and after a gap of all, it asks again.
 * So a revoked key stops everywhere within the time that a notification takes.
 */
export function createKeyRing(db: Kysely<Database>, hears: () => boolean): KeyRing & Listener {
  const known = new LRUCache<string, ApiKeyRecord>({ max: 10_000, ttl: rememberedMs });
  let changes = 0;
  return {
    onTold(payload) {
      changes += 1;
      for (const [name, { keyId }] of known.entries()) if (payload.endsWith(keyId)) known.delete(name);
    },
    onGap() {
      changes += 1;
      known.clear();
    },
    async find(keyHash) {
      const name = keyHash.toString('base64');
      const remembered = hears() ? known.get(name) : undefined;
      if (remembered) return isValid(remembered) ? remembered : undefined;
      const before = changes;
      const found = await readApiKey(db, keyHash);
      // What was read may be older than what was told meanwhile.
      if (found && hears() && before === changes) known.set(name, found);
      return found;
    },
  };
}

function isValid({ validUntil }: ApiKeyRecord): boolean {
  return validUntil === null || validUntil.getTime() > Date.now();
}
