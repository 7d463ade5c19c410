import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './schema.ts';

// bigint columns here are counts, far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Gives every statement with parameters a name, so that Postgres parses and plans it once a connection. Kysely makes a bounded set of
 * statement texts; a text's hash names it.
 */
class PreparingClient extends pg.Client {
  // The driver overloads `query` nine ways; only (text, values) is touched, everything else passes through as it came.
  override query(...call: unknown[]): never {
    const [text, values] = call;
    const prepared = typeof text === 'string' && Array.isArray(values) && values.length > 0 && call.length === 2;
    const passed = prepared ? [{ name: statementName(text), text, values }] : call;
    return Reflect.apply(super.query, this, passed) as never;
  }
}

const statementNames = new Map<string, string>();
function statementName(text: string): string {
  const known = statementNames.get(text);
  if (known) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  statementNames.set(text, name);
  return name;
}

/** How long a server may take to let somebody in: one that is gone without a trace, or takes connections and never answers, would be waited for without a word. */
export const connectTimeoutMs = 5_000;

export interface ConnectOptions {
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
  maxConnections: number;
  /** How long one statement may take. */
  statementTimeoutMs: number;
  /** Told of errors on idle connections, which the pool replaces by itself. */
  onIdleError: (error: Error) => void;
}

/** A pool at `url`; statements are pipelined, so a transaction's begin travels with its first statement. */
export function connect(url: string, { applicationName, maxConnections, statementTimeoutMs, onIdleError }: ConnectOptions): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    Client: PreparingClient,
    pipeline: true,
    application_name: applicationName,
    // Every statement finds its rows by key, so one plan fits all values; left to itself Postgres would plan a page anew at each request.
    options: '-c search_path=foyer -c plan_cache_mode=force_generic_plan',
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 30_000,
  });
  pool.on('error', (error) => {
    // The driver hangs the whole client on it, which would put the connection's secrets into a log.
    Reflect.deleteProperty(error, 'client');
    onIdleError(error);
  });
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
