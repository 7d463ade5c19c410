import { sql } from 'kysely';
import pg from 'pg';
import type { TestDatabase } from './database.ts';
import { until } from './until.ts';

/** A lock in somebody else's transaction, which stays until it is released: `await using` lets go of it when the test ends, however it does. */
export interface HeldLock extends AsyncDisposable {
  /** Resolves when somebody waits for it, or so many do, those included who wait for one who waits. */
  wanted(by?: number): Promise<void>;
  /** Rolls the transaction back; once it is, nothing more. */
  release(): Promise<void>;
}

/** Those that this process holds. */
const held = new Set<HeldLock>();

/** Lets go of what tests hold that were given up: a worker that waits for it would not come to its end. */
export async function letGoOfLocks(): Promise<void> {
  await Promise.all([...held].map((lock) => lock.release()));
}

/** Runs the statement in a transaction of its own that stays open, on a connection of its own, and so holds whatever locks it took. */
export async function holdLock({ urls, admin }: TestDatabase, statement: string, values: unknown[]): Promise<HeldLock> {
  const holder = new pg.Client({ connectionString: urls.admin, options: '-c search_path=foyer' });
  // A test that fails with the lock held takes the database away from it.
  holder.on('error', () => undefined);
  await holder.connect();
  await holder.query('begin');
  const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid;
  await holder.query(statement, values);
  let released: Promise<void> | undefined;
  const release = () => {
    released ??= (async () => {
      held.delete(lock);
      await holder.query('rollback');
      await holder.end();
    })();
    return released;
  };
  const lock: HeldLock = {
    async wanted(by = 1) {
      const waiters = sql`
        with recursive waiting as (
          select pid from pg_locks where not granted and ${pid} = any (pg_blocking_pids(pid))
          union select later.pid from waiting join pg_locks as later on not later.granted and waiting.pid = any (pg_blocking_pids(later.pid))
        ) select from waiting`;
      await until(`${by} wait for the lock`, async () => (await waiters.execute(admin)).rows.length >= by);
    },
    release,
    [Symbol.asyncDispose]: release,
  };
  held.add(lock);
  return lock;
}
