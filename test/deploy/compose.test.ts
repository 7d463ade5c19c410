import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { workerNodeFlags } from '../../worker/node-flags.ts';
import { readComposeFile, readRepositoryFile, readServices } from './compose-file.ts';

const services = await readServices();
const ownServices = Object.entries(services).filter(([, { build }]) => build !== undefined);
const oneShot = (name: string) => Object.values(services).some((other) => other.depends_on[name]?.condition === 'service_completed_successfully');

test('is a compose file by the Compose Specification', async () => {
  // The linter `dclint` brings the specification's JSON schema along.
  const { $schema: _, ...schema } = createRequire(createRequire(import.meta.url).resolve('dclint/package.json'))('./schemas/compose.schema.json');
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  validate(await readComposeFile());
  expect(validate.errors).toBeNull();
  validate({ services: { broken: { image: 'x', helthcheck: {} } } });
  expect(validate.errors).not.toBeNull();
});

test('runs every part of Foyer, each in a container of its own', () => {
  expect(Object.keys(services).toSorted()).toEqual(
    ['api', 'mailpit', 'migrate', 'postgres', 'temporal', 'temporal-namespace', 'temporal-schema', 'temporal-ui', 'verify-history', 'worker'].toSorted(),
  );
  expect(services['postgres']?.image).toBe('postgres:18');
  expect(services['temporal']?.image).toMatch(/^temporalio\/server:1\.32\.\d+$/);
  expect(services['temporal-schema']?.image.split(':')[1]).toBe(services['temporal']?.image.split(':')[1]);
});

describe.each(ownServices)('%s', (_, { command }) => {
  test('runs a script that the image has', async () => {
    const [node, ...rest] = command ?? [];
    expect(node).toBe('node');
    expect(await readRepositoryFile(rest.find((argument) => !argument.startsWith('--')) ?? '')).not.toBe('');
  });
});

test('every worker is started with the same flags', async () => {
  const { scripts } = JSON.parse(await readRepositoryFile('package.json')) as { scripts: Record<string, string> };
  expect(services['worker']?.command).toEqual(['node', ...workerNodeFlags, 'worker/main.ts']);
  expect(scripts['worker']).toBe(['node', ...workerNodeFlags, 'worker/main.ts'].join(' '));
});

test('nothing starts before what it needs is there', () => {
  const waits = Object.fromEntries(Object.entries(services).map(([name, { depends_on }]) => [name, Object.keys(depends_on).toSorted()]));
  expect(waits).toEqual({
    postgres: [],
    migrate: ['postgres'],
    'verify-history': ['postgres'],
    'temporal-schema': ['postgres'],
    temporal: ['temporal-schema'],
    'temporal-namespace': ['temporal'],
    'temporal-ui': ['temporal'],
    mailpit: [],
    worker: ['migrate', 'temporal-namespace'],
    api: ['migrate', 'temporal-namespace'],
  });
  for (const { depends_on } of Object.values(services)) {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      expect({ name, condition }).toEqual({ name, condition: oneShot(name) ? 'service_completed_successfully' : 'service_healthy' });
    }
  }
});

test.each(['postgres', 'temporal', 'worker', 'api'])('%s tells whether it is healthy and comes back when it ends', (name) => {
  expect(services[name]?.healthcheck?.test[0]).toBe('CMD');
  expect(services[name]?.restart).toBe('unless-stopped');
});

test('data outlives its container, where this version of the image keeps it', () => {
  expect(services['postgres']?.volumes).toContain('postgres:/var/lib/postgresql');
});
