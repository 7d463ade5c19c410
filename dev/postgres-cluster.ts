import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { asPostgresUser, type PostgresUser } from './postgres-user.ts';

const run = promisify(execFile);

const majorVersion = '18';

export interface ClusterOptions {
  dir: string;
  dataDir: string;
  binaries: PostgresBinaries;
  user: PostgresUser | undefined;
  durable: boolean;
}

/**
 * Makes the data directory, once. The built-in locale gives the same order and case rules on every machine.
 *
 * @returns the superuser's password, kept in `dir` beside the data
 */
export async function initialiseCluster(options: ClusterOptions): Promise<string> {
  const passwordFile = join(options.dir, 'superuser-password');
  const version = await readTrimmed(join(options.dataDir, 'PG_VERSION'));
  if (version !== undefined) {
    if (version !== majorVersion) {
      throw new Error(`The data in ${options.dataDir} is of Postgres ${version}, this is Postgres ${majorVersion}. Dump and restore it, or remove it.`);
    }
    const password = await readTrimmed(passwordFile);
    if (password === undefined) throw new Error(`The superuser's password is missing: ${passwordFile} cannot be read.`);
    return password;
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await initdb(options, password);
  return password;
}

/** `initdb` works on a directory beside the real one, so that a start which is killed half-way leaves nothing half-made behind. */
async function initdb({ dir, dataDir, binaries, user, durable }: ClusterOptions, password: string): Promise<void> {
  const incoming = `${dataDir}.incoming`;
  // initdb runs as the postgres user, who may not read the kept password.
  const passwordForInitdb = join(dir, 'initdb-password');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await writeFile(passwordForInitdb, `${password}\n`, { mode: 0o600 });
  if (user !== undefined) await Promise.all([incoming, passwordForInitdb].map((path) => chown(path, user.uid, user.gid)));
  try {
    const program = asPostgresUser(user, binaries.initdb, [
      `--pgdata=${incoming}`,
      '--username=postgres',
      `--pwfile=${passwordForInitdb}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ]);
    await run(program.command, program.args, { ...program.user, env: { ...process.env, LC_ALL: 'C' } });
    await rename(incoming, dataDir);
  } catch (error) {
    throw new Error(`Postgres could not make its data directory in ${dir}: ${complaintOf(error)}`);
  } finally {
    await rm(passwordForInitdb, { force: true });
  }
}

function complaintOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  return stderr.split('\n').find((line) => line.includes('error:')) ?? error.message;
}

async function readTrimmed(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    return undefined;
  }
}
