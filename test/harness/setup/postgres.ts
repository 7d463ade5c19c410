import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Vitest } from 'vitest/node';
import { prepareDatabase, type RolePasswords } from '../../../db/prepare.ts';
import { startPostgres } from '../../../dev/postgres.ts';
import { once } from './run.ts';

/** The server of the run, and the migrated database that every test file's own is a copy of. */
export interface PostgresOfRun {
  /** Superuser's URL of the database `postgres`. */
  adminUrl: string;
  template: string;
  passwords: RolePasswords;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresOfRun;
  }
}

export function postgresOfRun(vitest: Vitest): Promise<PostgresOfRun> {
  return once(vitest, 'postgres', async ({ directory, atEnd }) => {
    // Thousands of connections are opened in a run: what makes a password slow to guess makes each of them slow.
    const settings = { shared_buffers: '64MB', scram_iterations: 1 };
    const server = await startPostgres({ dir: join(directory, 'postgres'), durable: false, settings });
    atEnd(() => server.stop());
    const password = () => randomBytes(12).toString('base64url');
    const passwords = { owner: password(), worker: password(), api: password() };
    const template = 'foyer_template';
    await prepareDatabase({ adminUrl: server.adminUrl, database: template, passwords });
    return { adminUrl: server.adminUrl, template, passwords };
  });
}
