import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { fetchTemporalCli } from './temporal-fetch.ts';

const run = promisify(execFile);

const version = '1.9.1';
/** Update-with-start, which an onboarding begins with, is on from here. */
const oldestUsable = [1, 4] as const;
const executableName = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * The path of the Temporal CLI, which holds the development server and its UI: `TEMPORAL_CLI`, else `temporal` on `PATH`, else the user's
 * cache directory, which every clone shares and into which it is fetched when it is nowhere.
 *
 * @param onFetch told before something is downloaded, which takes a while
 *
 * Rejects with a message that says what to set when the CLI is nowhere and cannot be fetched.
 */
export async function findTemporalCli(onFetch?: (destination: string) => void): Promise<string> {
  const chosen = process.env['TEMPORAL_CLI'];
  if (chosen !== undefined && chosen !== '') {
    if (await isExecutable(chosen)) return chosen;
    throw new Error(`TEMPORAL_CLI is ${chosen}, which is not there or not executable. Set it to the path of the Temporal CLI.`);
  }
  const installed = await findOnPath();
  if (installed !== undefined) return installed;

  const cached = join(cacheDirectory(), 'foyer', `temporal-${version}`, 'bin', executableName);
  if (await isExecutable(cached)) return cached;
  onFetch?.(cached);
  const complaints = await fetchTemporalCli(version, cached).catch((error: unknown) => [String(error)]);
  // Another clone may have fetched it meanwhile.
  if (await isExecutable(cached)) return cached;
  throw new Error(
    'The Temporal CLI is not on this machine and could not be fetched. ' +
      'Install it (https://docs.temporal.io/cli) and set TEMPORAL_CLI to its path, or set TEMPORAL_ADDRESS to a Temporal server of yours.' +
      complaints.map((complaint) => `\n  ${complaint}`).join(''),
  );
}

async function findOnPath(): Promise<string | undefined> {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(directory, executableName);
    if (directory !== '' && (await isExecutable(candidate)) && (await isRecentEnough(candidate))) return candidate;
  }
  return undefined;
}

async function isRecentEnough(executable: string): Promise<boolean> {
  try {
    const { stdout } = await run(executable, ['--version'], { timeout: 10_000 });
    const [, major, minor] = /^temporal version (\d+)\.(\d+)/.exec(stdout) ?? [];
    if (major === undefined || minor === undefined) return false;
    return Number(major) > oldestUsable[0] || (Number(major) === oldestUsable[0] && Number(minor) >= oldestUsable[1]);
  } catch {
    return false;
  }
}

function cacheDirectory(): string {
  const chosen = process.env['XDG_CACHE_HOME'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
