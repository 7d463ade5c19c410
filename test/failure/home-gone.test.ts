import { access, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startChild } from '../../dev/child.ts';
import { freePort } from '../../dev/ports.ts';
import { bornAt } from '../../dev/process-identity.ts';
import { until } from '../harness/until.ts';

const servers = new Set(['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'SMTP_URL']);

test('the embedded default whose home somebody moved away meanwhile still stops when it is told to, and leaves nothing running', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'foyer-home-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const home = join(directory, 'home');
  const others = Object.entries(process.env).filter(([name]) => !servers.has(name) && !name.startsWith('npm_'));
  const [port, temporalUiPort] = [await freePort(), await freePort()];
  const foyer = await startChild({
    command: process.execPath,
    args: [join(import.meta.dirname, '..', '..', 'dev', 'main.ts')],
    env: { ...Object.fromEntries(others), FOYER_HOME: home, PORT: String(port), TEMPORAL_UI_PORT: String(temporalUiPort) },
    logFile: join(directory, 'foyer.log'),
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 20_000,
  });
  onTestFinished(foyer.stop);
  await until(
    'Foyer is ready',
    async () => {
      if (!foyer.running()) throw new Error(await readFile(join(directory, 'foyer.log'), 'utf8'));
      return access(join(home, 'demo.json')).then(
        () => true,
        () => false,
      );
    },
    { timeoutMs: 50_000 },
  );
  const children: { pid: number }[] = JSON.parse(await readFile(join(home, 'children.json'), 'utf8'));
  expect(children).toHaveLength(4);

  await rename(home, join(directory, 'elsewhere'));
  await foyer.stop();
  const left = await Promise.all(children.map(async ({ pid }) => (await bornAt(pid)) !== undefined && pid));
  for (const pid of left) if (pid) process.kill(pid, 'SIGKILL');
  expect(left).toEqual([false, false, false, false]);
  expect(await foyer.exited).toBe('code 0');
});
