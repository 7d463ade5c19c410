import { randomBytes } from 'node:crypto';
import { TypedSearchAttributes } from '@temporalio/common';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readApiConfig } from '../../api/config.ts';
import { readWorkerConfig } from '../../worker/config.ts';
import { searchAttributes } from '../../workflows/contract.ts';
import { askedVariables, exampleVariables, fillIn, readRepositoryFile, readServices } from './compose-file.ts';

const services = await readServices();
const example = await exampleVariables();

const composeFile = await readRepositoryFile('docker-compose.yml');
/** What is empty in the example and must be filled in: whatever has no default. */
const secrets = [...example].filter(([name, given]) => given === '' && !composeFile.includes(`\${${name}:-`)).map(([name]) => name);

/** As an operator would fill in `.env`. */
const variables = new Map(
  [...example].map(([name, given]) => {
    const secret = name === 'FOYER_SECRET_KEY' ? randomBytes(32).toString('base64') : randomBytes(24).toString('hex');
    return [name, secrets.includes(name) ? secret : given];
  }),
);

function environmentOf(name: string): Record<string, string> {
  return fillIn(services[name]?.environment ?? {}, variables);
}

/** The environment variables that a file of the code reads. */
async function namesIn(...paths: string[]): Promise<Set<string>> {
  const texts = await Promise.all(paths.map(readRepositoryFile));
  return new Set(texts.join('\n').match(/\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b|\bPORT\b/g));
}

/** The part of the environment that is Foyer's own to read; `TEMPORAL_*` is the SDK's. */
function own(environment: Record<string, string>): string[] {
  return Object.keys(environment).filter((name) => !name.startsWith('TEMPORAL_'));
}

test('.env.example names exactly what the compose file asks for', async () => {
  expect([...example.keys()].toSorted()).toEqual([...(await askedVariables())].toSorted());
});

test('a secret that is not given stops everything, with a message', async () => {
  expect(secrets.length).toBeGreaterThan(0);
  for (const name of secrets) expect(composeFile, name).toContain(`\${${name}:?`);
});

test('the API reads the whole of its environment', async () => {
  const environment = environmentOf('api');
  const config = readApiConfig(environment);
  expect(new URL(config.databaseUrl).username).toBe('foyer_api');
  expect(config.host).toBe('0.0.0.0');
  expect(config.port).toBe(3000);
  const read = await namesIn('api/config.ts');
  expect(own(environment).filter((name) => !read.has(name))).toEqual([]);
});

test('the worker reads the whole of its environment, and the workflows that the image has', async () => {
  const dockerfile = await readRepositoryFile('Dockerfile');
  const bundle = /^ENV FOYER_WORKFLOW_BUNDLE=(\S+)$/m.exec(dockerfile)?.[1];
  const environment = { ...environmentOf('worker'), ...(bundle && { FOYER_WORKFLOW_BUNDLE: bundle }) };
  const config = readWorkerConfig(environment);
  expect(new URL(config.databaseUrl).username).toBe('foyer_worker');
  expect(config.workflowBundle).toBe('/app/dist/workflows.js');
  expect(dockerfile).toContain('WORKDIR /app');
  expect(dockerfile).toContain('RUN node worker/bundle-main.ts dist/workflows.js');
  const read = await namesIn('worker/config.ts');
  expect(own(environment).filter((name) => !read.has(name))).toEqual([]);
});

test('the migration reads the whole of its environment and makes the roles that API and worker use', async () => {
  const environment = environmentOf('migrate');
  const read = await namesIn('db/migrate-main.ts');
  expect(own(environment).filter((name) => !read.has(name))).toEqual([]);
  for (const [name, role] of [
    ['api', 'FOYER_API_PASSWORD'],
    ['worker', 'FOYER_WORKER_PASSWORD'],
  ] as const) {
    const url = new URL(environmentOf(name)['DATABASE_URL'] ?? '');
    expect(url.password).toBe(environment[role]);
    expect(url.pathname).toBe(`/${environment['DATABASE_NAME']}`);
    expect(url.host).toBe(new URL(environment['DATABASE_ADMIN_URL'] ?? '').host);
  }
});

test('API and worker find the Temporal server and the namespace that is made there', () => {
  const ofNamespace = environmentOf('temporal-namespace');
  for (const name of ['api', 'worker']) {
    const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = environmentOf(name);
    expect({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE }).toEqual({ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: ofNamespace['TEMPORAL_NAMESPACE'] });
  }
});

test('the namespace gets the search attributes that the workflows use', () => {
  const made = environmentOf('temporal-namespace')['SEARCH_ATTRIBUTES']?.split(' ');
  const used = Object.values(searchAttributes).map(({ name, type }) => `${name}=${TypedSearchAttributes.toMetadataType(type)}`);
  expect(made?.toSorted()).toEqual(used.toSorted());
});

test('Temporal keeps its data as the role and in the databases that the server makes for it', async () => {
  const schema = environmentOf('temporal-schema');
  const server = environmentOf('temporal');
  expect([schema['SQL_USER'], schema['SQL_PASSWORD'], schema['SQL_PLUGIN']]).toEqual([server['POSTGRES_USER'], server['POSTGRES_PWD'], server['DB']]);
  expect(schema['SQL_PASSWORD']).toBe(environmentOf('postgres')['TEMPORAL_DB_PASSWORD']);
  expect(await readRepositoryFile('docker/postgres/create-temporal-databases.sh')).toContain(`create role ${schema['SQL_USER']} login`);
});

test('Temporal answers the polls of a worker that stops, as it does where `npm start` brings it up', async () => {
  const [from, to] = services['temporal']?.volumes[0]?.split(':') ?? [];
  expect(to).toBe(environmentOf('temporal')['DYNAMIC_CONFIG_FILE_PATH']);
  expect(parse(await readRepositoryFile(from ?? ''))).toEqual({ 'frontend.enableCancelWorkerPollsOnShutdown': [{ value: true }] });
});
