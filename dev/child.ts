import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ChildSpec {
  command: string;
  args: readonly string[];
  /** The whole environment of the child; the parent's own when left out. */
  env?: NodeJS.ProcessEnv;
  /** Run as another user; only root can. */
  user?: { uid: number; gid: number };
  /** Standard output and error are appended to it; dropped when left out. */
  logFile?: string;
  /** Asks the program to end. */
  stopSignal: NodeJS.Signals;
  /** How long it may take to do so before it is killed. */
  stopTimeoutMs: number;
  /** Awaited before the child is handed out; for whoever keeps a list of children. Where it rejects, the child is stopped and not handed out. */
  onSpawn?: (pid: number) => Promise<void>;
}

export interface Child {
  pid: number;
  /** Resolves, never rejects, when the process has gone: `code 1`, `signal SIGKILL`. */
  exited: Promise<string>;
  running(): boolean;
  /** Asks, waits, insists. Resolves when the process has gone. */
  stop(): Promise<void>;
}

const alive = new Map<ChildProcess, NodeJS.Signals>();

// Children lead their own process groups, so nobody else ends them when this process leaves without its goodbyes.
process.on('exit', () => {
  for (const [child, stopSignal] of alive) child.kill(stopSignal);
});

/** Ends every child of this process at once, however it takes it. */
export function killChildren(): void {
  for (const child of alive.keys()) child.kill('SIGKILL');
}

/**
 * Starts a process in its own process group (a Ctrl-C in the terminal reaches only the parent, which stops its children in order)
 * with its output in a file rather than a pipe (which would break, and the process with it, when the parent is killed).
 *
 * Rejects when the process cannot be started at all.
 */
export async function startChild(spec: ChildSpec): Promise<Child> {
  const child = spawnDetached(spec);
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      alive.delete(child);
      resolve(signal === null ? `code ${code}` : `signal ${signal}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${spec.command} could not be started.`);
  const running = () => child.exitCode === null && child.signalCode === null;
  if (running()) alive.set(child, spec.stopSignal);
  const stop = async () => {
    if (!running()) return;
    child.kill(spec.stopSignal);
    const insist = setTimeout(() => child.kill('SIGKILL'), spec.stopTimeoutMs);
    await exited;
    clearTimeout(insist);
  };
  try {
    await spec.onSpawn?.(pid);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid, exited, running, stop };
}

function spawnDetached(spec: ChildSpec): ChildProcess {
  if (spec.logFile !== undefined) mkdirSync(dirname(spec.logFile), { recursive: true });
  const output = spec.logFile === undefined ? 'ignore' : openSync(spec.logFile, 'a', 0o600);
  try {
    return spawn(spec.command, spec.args, {
      stdio: ['ignore', output, output],
      detached: true,
      windowsHide: true,
      env: spec.env ?? process.env,
      ...spec.user,
    });
  } finally {
    if (typeof output === 'number') closeSync(output);
  }
}
