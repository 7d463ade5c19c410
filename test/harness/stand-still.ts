import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { until } from './until.ts';

/**
 * `SIGSTOP`; resolves once every thread of the process stands still. One of them takes the signal and stops the others: until it has a core, they go on and
 * answer.
 */
export async function standStill(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await until(`process ${pid} stands still`, async () => (await states(pid)).every((state) => state.startsWith('T')));
}

/** The state of each thread, where the system tells; else that of the process. */
async function states(pid: number): Promise<string[]> {
  const threads = `/proc/${pid}/task`;
  if (!existsSync(threads)) return [(await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)])).stdout.trim()];
  const stats = await Promise.all((await readdir(threads)).map((thread) => readFile(`${threads}/${thread}/stat`, 'utf8').catch(() => '')));
  // Behind its name, which may hold anything. A thread that has ended meanwhile is not still, it is gone: looked at again.
  return stats.map((stat) => stat.slice(stat.lastIndexOf(')') + 2));
}
