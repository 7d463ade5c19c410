import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The command line of a running process.
 *
 * @returns the arguments joined by spaces, or `undefined` when no such process runs, it is a zombie, or the system does not tell
 */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  try {
    const text = process.platform === 'linux' ? (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ') : await ps(pid, 'command');
    return text.trim() === '' ? undefined : text.trim();
  } catch {
    return undefined;
  }
}

/**
 * When a process was started, in whatever unit the system has. With the pid it names one process, since pids are used again.
 *
 * @returns `undefined` when no such process runs or it is a zombie
 */
export async function bornAt(pid: number): Promise<string | undefined> {
  try {
    if (process.platform !== 'linux') return (await ps(pid, 'lstart')).trim();
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, is in parentheses and may hold spaces; the third is the state and the 22nd the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/**
 * Ends a process that is not our child.
 *
 * @param isStillIt whether the pid is still that process; asked before each signal, so that nobody else's process gets one
 * @param signals sent in turn, each followed by up to `graceMs` for the process to go
 */
export async function endProcess(pid: number, isStillIt: () => Promise<boolean>, signals: readonly NodeJS.Signals[], graceMs: number): Promise<void> {
  for (const signal of signals) {
    if (!(await isStillIt())) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + graceMs;
    while (Date.now() < deadline && (await isStillIt())) await sleep(50);
  }
}

async function ps(pid: number, column: string): Promise<string> {
  return (await run('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)])).stdout;
}
