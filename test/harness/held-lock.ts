import { sql } from 'kysely';
import pg from 'pg';
import type { TestDatabase } from './database.ts';
import { until } from './until.ts';

/** A lock in somebody else's transaction, which stays until it is released. */
export interface HeldLock {
  /** Resolves when somebody waits for it. */
  wanted(): Promise<void>;
  /** Rolls the transaction back. */
  release(): Promise<void>;
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
  return {
    async wanted() {
      const waiters = sql`select from pg_locks where not granted and ${pid} = any (pg_blocking_pids(pid))`;
      await until('somebody waits for the lock', async () => (await waiters.execute(admin)).rows.length > 0);
    },
    async release() {
      await holder.query('rollback');
      await holder.end();
    },
  };
}
