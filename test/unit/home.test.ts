import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openHome } from '../../dev/home.ts';
import { createChildRegister } from '../../dev/orphans.ts';

test('a home that somebody has moved away keeps nothing from stopping', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'foyer-home-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const home = await openHome(join(directory, 'home'));
  const children = createChildRegister(home.file('children.json'));
  await children.add('Worker', 'vitest', process.pid);
  await rename(home.dir, join(directory, 'elsewhere'));
  // What a stop asks of the home, in this order.
  for (const step of [home.announceStop, children.clear, home.release]) await expect(step()).resolves.toBeUndefined();
});
