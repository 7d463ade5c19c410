import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
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
    const sockets = await directoryForSockets(directory);
    const settings = {
      shared_buffers: '64MB',
      ...(sockets && { unix_socket_directories: sockets }),
      // Thousands of connections are opened in a run: what makes a password slow to guess makes each of them slow.
      scram_iterations: 1,
      // No database of the run lives long enough to be worth cleaning.
      autovacuum: false,
    };
    const server = await startPostgres({ dir: join(directory, 'postgres'), durable: false, settings });
    atEnd(() => server.stop());
    const password = () => randomBytes(12).toString('base64url');
    const passwords = { owner: password(), worker: password(), api: password() };
    const template = 'foyer_template';
    const adminUrl = sockets ? overSocket(server.adminUrl, sockets) : server.adminUrl;
    await prepareDatabase({ adminUrl, database: template, passwords });
    return { adminUrl, template, passwords };
  });
}

/** None where a socket's file cannot be: every system takes a path of 103 bytes, not all a longer one. */
async function directoryForSockets(directory: string): Promise<string | undefined> {
  const sockets = join(directory, 'sockets');
  if (process.platform === 'win32' || Buffer.byteLength(join(sockets, '.s.PGSQL.65535')) > 103) return undefined;
  await mkdir(sockets);
  // Postgres may run as a user of its own, who makes its socket there.
  await chmod(sockets, 0o777);
  return sockets;
}

/** The same server by its socket's file: over the loopback address each statement and its answer take a quarter more of a processor. */
function overSocket(url: string, sockets: string): string {
  const changed = new URL(url);
  changed.hostname = encodeURIComponent(sockets);
  return changed.href;
}
