import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { connect } from '../../db/connect.ts';
import type { Database } from '../../db/schema.ts';

/** A database of its own, seen as each role sees it. */
export interface TestDatabase extends AsyncDisposable {
  name: string;
  /** Owns the tables; runs migrations. */
  owner: Kysely<Database>;
  worker: Kysely<Database>;
  api: Kysely<Database>;
  /** Superuser: sees through every wall. */
  admin: Kysely<Database>;
  urls: { owner: string; worker: string; api: string; admin: string };
}

/** A database for this test file: `const database = await testDatabase();` at its top. Gone when the file is through. */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await openDatabase();
  afterAll(() => database[Symbol.asyncDispose]());
  return database;
}

/** A copy of the migrated template, until it is disposed of. */
export async function openDatabase(): Promise<TestDatabase> {
  const { adminUrl, template, passwords } = inject('postgres');
  const name = `foyer_${randomUUID().replaceAll('-', '')}`;
  await onServer(adminUrl, `create database ${name} template ${template} owner foyer_owner strategy file_copy`);
  const urlOf = (user: string, password: string) => withCredentials(adminUrl, { name, user, password });
  const urls = {
    owner: urlOf('foyer_owner', passwords.owner),
    worker: urlOf('foyer_worker', passwords.worker),
    api: urlOf('foyer_api', passwords.api),
    admin: urlOf('postgres', decodeURIComponent(new URL(adminUrl).password)),
  };
  let open = true;
  const openPool = (url: string) =>
    connect(url, {
      applicationName: 'foyer-test',
      maxConnections: 8,
      statementTimeoutMs: 30_000,
      // A pool forgets its connections before the server does, which then tells them that the database goes.
      onIdleError: (error) => open && console.error(`an idle test connection broke: ${error.message}`),
    });
  const pools = { owner: openPool(urls.owner), worker: openPool(urls.worker), api: openPool(urls.api), admin: openPool(urls.admin) };
  return {
    name,
    urls,
    ...pools,
    async [Symbol.asyncDispose]() {
      open = false;
      await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
      await onServer(adminUrl, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(adminUrl: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}

function withCredentials(url: string, { name, user, password }: { name: string; user: string; password: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  changed.username = user;
  changed.password = encodeURIComponent(password);
  return changed.href;
}
