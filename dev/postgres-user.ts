import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const rights = { owner: 0o100, group: 0o010, others: 0o001 };

export interface PostgresUser {
  uid: number;
  gid: number;
  /** Whether the user may walk to every directory that Postgres needs. */
  reaches: boolean;
}

export interface UserCommand {
  command: string;
  args: readonly string[];
  user?: { uid: number; gid: number };
}

/**
 * The user that Postgres runs as when this process is root, whom Postgres refuses: the `postgres` user, made if need be.
 *
 * @param directories what the user has to reach: programs and data
 * @returns `undefined` when this process is an ordinary user's
 */
export async function findPostgresUser(directories: readonly string[]): Promise<PostgresUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const ids = (await lookUpIds()) ?? (await makeUser());
  const reachable = await Promise.all(directories.map((directory) => canReach(directory, ids)));
  return { ...ids, reaches: reachable.every(Boolean) };
}

/**
 * How to run a program as that user. Where a directory on the way is closed to others (a home, a `mktemp -d`), the program keeps root's
 * power over file permissions, and no other.
 */
export function asPostgresUser(user: PostgresUser | undefined, command: string, args: readonly string[]): UserCommand {
  if (user === undefined) return { command, args };
  if (user.reaches) return { command, args, user: { uid: user.uid, gid: user.gid } };
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const capabilities = ['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override', '--bounding-set=-all,+dac_override'];
  return { command: 'setpriv', args: [...identity, ...capabilities, command, ...args] };
}

async function makeUser(): Promise<{ uid: number; gid: number }> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  } catch {
    // A second start at the same moment may have made it; only its absence counts.
  }
  const ids = await lookUpIds();
  if (ids === undefined) {
    throw new Error('Postgres refuses to run as root, and no `postgres` user could be made. Run Foyer as an ordinary user, or set DATABASE_URL.');
  }
  return ids;
}

async function lookUpIds(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function canReach(directory: string, ids: { uid: number; gid: number }): Promise<boolean> {
  const { mode, uid, gid } = await stat(directory);
  const right = uid === ids.uid ? rights.owner : gid === ids.gid ? rights.group : rights.others;
  if ((mode & right) === 0) return false;
  const parent = dirname(directory);
  return parent === directory || canReach(parent, ids);
}
