import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { openHome } from './home.ts';
import { startPostgres } from './postgres.ts';
import { shortPath } from './progress.ts';

/** The database of an embedded Foyer, to be looked at. */
export interface EmbeddedDatabase extends AsyncDisposable {
  /** Superuser's URL of Foyer's database. */
  adminUrl: string;
}

/**
 * Reaches the Postgres of the home at `dir`: the one that runs, or, where Foyer is stopped, one that is started for as long as it is needed.
 *
 * Rejects with one sentence for people where no Foyer has been.
 */
export async function openEmbeddedDatabase(dir: string): Promise<EmbeddedDatabase> {
  const postgres = join(dir, 'postgres');
  const password = await readFile(join(postgres, 'superuser-password'), 'utf8').catch(() => undefined);
  if (password === undefined) throw new Error(`There is no Foyer in ${shortPath(dir)}. Set FOYER_HOME to where it is, or DATABASE_URL to its database.`);
  const running = await findRunning(postgres, password.trim());
  if (running) return { adminUrl: running, [Symbol.asyncDispose]: async () => undefined };
  const home = await openHome(dir);
  try {
    const server = await startPostgres({ dir: postgres, logFile: home.logFile('postgres') });
    return {
      adminUrl: ofFoyer(server.adminUrl),
      async [Symbol.asyncDispose]() {
        await server.stop();
        await home.release();
      },
    };
  } catch (error) {
    await home.release();
    throw error;
  }
}

/** The server names its port in the fourth line of its pid file, which may be a leftover. */
async function findRunning(postgres: string, password: string): Promise<string | undefined> {
  const pidFile = join(postgres, 'data', 'postmaster.pid');
  if (
    !(await access(pidFile).then(
      () => true,
      () => false,
    ))
  )
    return undefined;
  const port = (await readFile(pidFile, 'utf8')).split('\n')[3]?.trim();
  const url = ofFoyer(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return url;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function ofFoyer(adminUrl: string): string {
  return adminUrl.replace(/\/postgres$/, '/foyer');
}
