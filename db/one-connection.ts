import { type ConnectionProvider, type Dialect, DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { Database } from './schema.ts';

/** What a handle opens connections with; this one is lent its only one. */
const driver = new DummyDriver();
const dialect: Dialect = {
  createDriver: () => driver,
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
};

/**
 * Lends one connection of the pool to `work`. Where Kysely's own `connection()` waits for each statement before it sends the next, statements that are
 * begun together here travel together, in their order: the pool's driver pipelines them.
 */
export async function onOneConnection<T>(db: Kysely<Database>, work: (connection: Kysely<Database>) => Promise<T>): Promise<T> {
  const executor = db.getExecutor();
  return executor.provideConnection((connection) => {
    const lent: ConnectionProvider = { provideConnection: (consumer) => consumer(connection) };
    return work(new Kysely<Database>({ config: { dialect }, dialect, driver, executor: executor.withConnectionProvider(lent) }));
  });
}
