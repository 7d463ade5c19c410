import { expect, test } from 'vitest';
import { z } from 'zod';
import { workerSettings } from '../../worker/create-worker.ts';
import { readRepositoryFile, readServices } from './compose-file.ts';

const dockerfile = await readRepositoryFile('Dockerfile');
const services = await readServices();

test('the image has the Node that the project pins', async () => {
  const { dependencies } = z.object({ dependencies: z.object({ node: z.string() }) }).parse(JSON.parse(await readRepositoryFile('package.json')));
  expect(dockerfile).toContain(`ARG NODE_VERSION=${dependencies.node}\n`);
});

test('it runs as a user without rights, on production dependencies alone', () => {
  const [, lastStage = ''] = dockerfile.split(/^FROM base$/m);
  expect(lastStage).toMatch(/^USER node$/m);
  expect(lastStage).toContain('COPY --from=dependencies /app/node_modules');
  expect(dockerfile).toMatch(/FROM base AS dependencies\nRUN npm ci --omit=dev/);
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
