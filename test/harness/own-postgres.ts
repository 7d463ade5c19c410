import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../db/connect.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { type Postgres, startPostgres } from '../../dev/postgres.ts';
import type { TestDatabase } from './database.ts';

/** A database server of one's own, to be stopped and started again. Stopped, with all it kept gone, when disposed of. */
export interface OwnPostgres extends AsyncDisposable {
  database: TestDatabase;
  /** Sends everybody away and shuts down. */
  stop(): Promise<void>;
  /** Starts again where it was, with all it had. */
  start(): Promise<void>;
}

export async function openOwnPostgres(): Promise<OwnPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'foyer-postgres-'));
  // Postgres may run as a user of its own, who has to get through.
  await chmod(directory, 0o711);
  const options = { dir: join(directory, 'postgres'), durable: false, settings: { shared_buffers: '32MB' } };
  let server = await startPostgres(options);
  const database = await openDatabaseOn(server);
  return {
    database,
    stop: () => server.stop(),
    async start() {
      server = await startPostgres({ ...options, port: server.port });
    },
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function openDatabaseOn({ adminUrl }: Postgres): Promise<TestDatabase> {
  const name = 'foyer';
  const password = () => randomBytes(12).toString('base64url');
  const passwords = { owner: password(), worker: password(), api: password() };
  const { ownerUrl, workerUrl, apiUrl } = await prepareDatabase({ adminUrl, database: name, passwords });
  const urls = { owner: ownerUrl, worker: workerUrl, api: apiUrl, admin: adminUrl.replace(/\/postgres$/, `/${name}`) };
  // The server goes away on purpose: an idle connection that breaks is replaced when it is needed.
  const open = (url: string) => connect(url, { applicationName: 'foyer-test', maxConnections: 10, statementTimeoutMs: 30_000, onIdleError: () => undefined });
  const pools = { owner: open(urls.owner), worker: open(urls.worker), api: open(urls.api), admin: open(urls.admin) };
  return {
    name,
    urls,
    ...pools,
    async [Symbol.asyncDispose]() {
      await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
    },
  };
}
