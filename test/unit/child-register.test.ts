import { mkdir, mkdtemp, readFile, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startChild } from '../../dev/child.ts';
import { createChildRegister } from '../../dev/orphans.ts';
import { bornAt } from '../../dev/process-identity.ts';

const idle = { command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'], stopSignal: 'SIGTERM', stopTimeoutMs: 5_000 } as const;

test('a child that cannot be written down does not run on, and the next one is written down as soon as that can be', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'foyer-register-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'children.json');
  const register = createChildRegister(file);
  const pids: number[] = [];
  const start = () =>
    startChild({
      ...idle,
      async onSpawn(pid) {
        pids.push(pid);
        await register.add('Worker', 'setInterval', pid);
      },
    });

  // Nothing can take the place of a directory, as nothing can be written on a full disk.
  await mkdir(file);
  await expect(start()).rejects.toThrow();
  expect(await bornAt(pids[0] ?? 0)).toBeUndefined();

  await rmdir(file);
  const child = await start();
  onTestFinished(child.stop);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject([{ name: 'Worker', pid: child.pid }]);
  await register.clear();
});
