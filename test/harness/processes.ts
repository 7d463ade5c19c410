import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { startChild } from '../../dev/child.ts';
import { freePort } from '../../dev/ports.ts';
import type { TestDatabase } from './database.ts';
import { newTaskQueue } from './temporal.ts';
import { until } from './until.ts';

/** What processes of one Foyer have in common. */
export interface Setting {
  databaseUrls: Pick<TestDatabase['urls'], 'api' | 'worker'>;
  temporalAddress: string;
  taskQueue: string;
  operatorKey: string;
  secretKey: string;
}

export function newSetting(databaseUrls: Setting['databaseUrls'], temporalAddress = inject('temporal').address): Setting {
  const operatorKey = `operator-${randomBytes(24).toString('base64url')}`;
  return { databaseUrls, temporalAddress, taskQueue: newTaskQueue(), operatorKey, secretKey: randomBytes(32).toString('base64') };
}

/** A process of Foyer's own; killed when disposed of. */
export interface Process extends AsyncDisposable {
  /** `SIGTERM`; resolves with how it ended: `code 0`. */
  stop(): Promise<string>;
  /** `SIGKILL`: it gets to do nothing more. */
  kill(): Promise<void>;
}

export interface ApiProcess extends Process {
  url: string;
}

const logs = await mkdtemp(join(tmpdir(), 'foyer-processes-'));
afterAll(() => rm(logs, { recursive: true, force: true }));

/** `node worker/main.ts`, once it polls. */
export async function startWorkerProcess(setting: Setting, line: { address: string } = { address: setting.temporalAddress }): Promise<Program> {
  const program = await startProgram('worker/main.ts', {
    ...environment(setting, line.address),
    DATABASE_URL: setting.databaseUrls.worker,
    FOYER_SECRET_KEY: setting.secretKey,
    FOYER_DEV_MAIL_DIR: join(logs, 'mail'),
    FOYER_WORKFLOW_BUNDLE: inject('workflowBundlePath'),
  });
  await program.ready((log) => log.includes('worker polls'));
  return program;
}

/** `node api/server.ts`, once it answers. */
export async function startApiProcess(setting: Setting, line: { address: string } = { address: setting.temporalAddress }): Promise<ApiProcess> {
  const port = await freePort();
  const program = await startProgram('api/server.ts', {
    ...environment(setting, line.address),
    DATABASE_URL: setting.databaseUrls.api,
    PORT: String(port),
    FOYER_OPERATOR_KEY: setting.operatorKey,
    FOYER_SECRET_KEY: setting.secretKey,
  });
  await program.ready((log) => log.includes('api listens'));
  return { ...program, url: `http://127.0.0.1:${port}` };
}

function environment({ taskQueue }: Setting, temporalAddress: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return {
    ...Object.fromEntries(others),
    LOG_LEVEL: 'info',
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    // Not the developer's own.
    TEMPORAL_CONFIG_FILE: join(logs, 'none.toml'),
    FOYER_TASK_QUEUE: taskQueue,
  };
}

export interface Program extends Process {
  /** Waits for something in its log; rejects with the log when it ends first. */
  ready(says: (log: string) => boolean): Promise<void>;
}

async function startProgram(script: string, env: NodeJS.ProcessEnv): Promise<Program> {
  const path = join(import.meta.dirname, '..', '..', script);
  const logFile = join(logs, `${randomUUID()}.log`);
  const child = await startChild({ command: process.execPath, args: [path], env, logFile, stopSignal: 'SIGTERM', stopTimeoutMs: 30_000 });
  const kill = async () => {
    if (child.running()) process.kill(child.pid, 'SIGKILL');
    await child.exited;
  };
  return {
    async ready(says) {
      await until(`${script} is ready`, async () => {
        const log = await readFile(logFile, 'utf8');
        if (!child.running()) throw new Error(`${script} ended with ${await child.exited}: ${log}`);
        return says(log);
      });
    },
    kill,
    async stop() {
      await child.stop();
      return child.exited;
    },
    [Symbol.asyncDispose]: kill,
  };
}
