import { type PreparedDatabase, prepareDatabase } from '../db/prepare.ts';
import { startPostgres } from './postgres.ts';
import { shortPath } from './progress.ts';
import type { StartContext } from './start-context.ts';
import { type Stoppable, supervise } from './supervise.ts';

/**
 * Brings up the embedded Postgres, or takes the server of `DATABASE_URL`, and makes Foyer's roles and migrated database there.
 *
 * @param onUp told the embedded server as soon as it runs, so that it is stopped even when what follows fails
 */
export async function bringUpDatabase(context: StartContext, onUp: (postgres: Stoppable) => void): Promise<PreparedDatabase> {
  const { settings, secrets, progress } = context;
  const adminUrl = settings.databaseUrl ?? (await bringUpPostgres(context, onUp));
  return progress.step(
    'Database',
    () => 'foyer, migrated',
    async () => {
      try {
        return await prepareDatabase({ adminUrl, database: 'foyer', passwords: secrets.passwords });
      } catch (error) {
        const server = settings.databaseUrl === undefined ? 'the embedded Postgres' : 'the server of DATABASE_URL';
        throw new Error(`The database could not be prepared on ${server}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  );
}

async function bringUpPostgres({ home, ports, children, progress }: StartContext, onUp: (postgres: Stoppable) => void): Promise<string> {
  const dir = home.file('postgres');
  const logFile = home.logFile('postgres');
  const port = await ports.choose('postgres');
  const start = () => startPostgres({ dir, port, logFile, onSpawn: (pid) => children.add('Postgres', 'postgres', pid) });
  const postgres = await progress.step('Postgres', () => `127.0.0.1:${port}, data in ${shortPath(dir)}`, start);
  onUp(supervise(postgres, { name: 'Postgres', logFile, start, say: progress.say }));
  return postgres.adminUrl;
}
