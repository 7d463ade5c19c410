import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** So many attempts in a window of so many seconds. */
export interface AttemptLimit {
  max: number;
  windowSeconds: number;
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Begins to count anew: whoever got in was not guessing. */
export async function forgetAttempts(db: Kysely<Database>, key: string): Promise<void> {
  await db.deleteFrom('auth.attempts').where('key_hash', '=', hashOf(key)).execute();
}

/**
 * Counts one attempt of what `key` names, for all processes together and in one statement, so that two at once cannot both be the last that is let
 * through. Keys are kept as hashes: they are made of addresses.
 *
 * @param keepsOthers true for whoever counts more than once in a transaction: windows of others that are over are then left to be cleared by somebody
 * else, for two that had each cleared what the other one counts next would wait for each other
 * @returns seconds until the next attempt is let through; 0 when this one is
 */
export async function countAttempt(
  db: Kysely<Database>,
  key: string,
  { max, windowSeconds }: AttemptLimit,
  { keepsOthers = false }: { keepsOthers?: boolean } = {},
): Promise<number> {
  const keyHash = hashOf(key);
  const { rows } = await sql<{ count: number; seconds_left: number }>`
    with over as (
      delete from auth.attempts where key_hash in (
        select key_hash from auth.attempts where window_ends_at < now() and key_hash <> ${keyHash} order by window_ends_at limit ${keepsOthers ? 0 : 5} for update skip locked
      )
    )
    insert into auth.attempts as attempt (key_hash, count, window_ends_at)
    values (${keyHash}, 1, now() + make_interval(secs => ${windowSeconds}))
    on conflict (key_hash) do update set
      count = case when attempt.window_ends_at <= now() then 1 else attempt.count + 1 end,
      window_ends_at = case when attempt.window_ends_at <= now() then excluded.window_ends_at else attempt.window_ends_at end
    returning count, ceil(extract(epoch from window_ends_at - now()))::integer as seconds_left
  `.execute(db);
  const [row] = rows;
  return row && row.count > max ? Math.max(1, row.seconds_left) : 0;
}
