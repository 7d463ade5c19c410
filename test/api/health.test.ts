import { expect, test } from 'vitest';
import { answers } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newTenant } from '../harness/tenant.ts';

const api = await testApi({ worker: false });
const { database } = api;
const get = (path: string) => api.send({ method: 'GET', path });

test('the process says that it is alive, to anyone', async () => {
  expect(await get('/healthz')).toMatchObject({ status: 200, body: { alive: true } });
});

test('it is ready when database, migrations and Temporal are there', async () => {
  expect(await get('/readyz')).toMatchObject({ status: 200, body: { ready: true, checks: { database: 'ok', migrations: 'ok', temporal: 'ok' } } });
});

test('it is not ready for a database that lacks a migration of this build', async () => {
  const newest = database.owner.withTables<{ kysely_migration: { name: string } }>();
  const [last] = await newest.selectFrom('kysely_migration').select('name').orderBy('name', 'desc').limit(1).execute();
  const name = last?.name ?? '';
  await newest
    .updateTable('kysely_migration')
    .set({ name: `not ${name}` })
    .where('name', '=', name)
    .execute();
  const answer = await get('/readyz');
  await newest.updateTable('kysely_migration').set({ name }).where('name', '=', `not ${name}`).execute();
  expect(answer).toMatchObject({ status: 503, body: { ready: false, checks: { database: 'ok', migrations: 'failed', temporal: 'ok' } } });
});

test('metrics tell requests by method, route and status, and never by an id', async () => {
  const agency = await newTenant(api);
  const { clientId } = await activeClient(database, agency.id);
  await agency.get(`/clients/${clientId}`);
  await agency.get(`/clients/${agency.id}`);
  await get(`/v1/agencies/${agency.id}/clients`);
  await get('/nowhere/at/all');
  const { text, headers } = await get('/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  const counted = text.split('\n').filter((line) => line.startsWith('foyer_http_request_duration_seconds_count'));
  const labels = (route: string, status: number) => `foyer_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"} 1`;
  expect(counted).toContain(labels('/v1/agencies/:agencyId/clients/:clientId', 200));
  expect(counted).toContain(labels('/v1/agencies/:agencyId/clients/:clientId', 404));
  expect(counted).toContain(labels('/v1/agencies/:agencyId/clients', 401));
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  expect(text).not.toContain('nowhere');
});

test('one line is logged for a request, with what it was, who sent it and its workflow, and no more', async () => {
  const agency = await newTenant(api);
  const answer = await agency.post('/clients', { name: 'A name that is not logged' }, { prefer: 'respond-async' });
  const { onboarding } = answer.as(answers.accepted);
  const lines = api.logged.filter(({ requestId }) => requestId === answer.headers.get('x-request-id'));
  expect(lines).toMatchObject([
    {
      msg: 'request',
      method: 'POST',
      path: `/v1/agencies/${agency.id}/clients`,
      route: '/v1/agencies/:agencyId/clients',
      status: 202,
      agencyId: agency.id,
      caller: expect.stringMatching(/^apiKey:/),
      workflowId: onboarding.workflowId,
    },
  ]);
  const logged = JSON.stringify(api.logged);
  for (const secret of [agency.key, 'A name that is not logged']) expect(logged).not.toContain(secret);
});
