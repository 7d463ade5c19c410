import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';
import { eventCounts } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

// Onboarding has a file of its own, and so have the operator's operations.
const creations = [
  { path: '/projects', body: { name: 'Site', domain: 'acme.example' }, made: 'project.created' },
  { path: '/crm-connections', body: { provider: 'standard' }, made: 'crm_connection.created' },
] as const;

describe.each(creations)('POST $path', ({ path, body, made }) => {
  const send = (agency: Tenant) => agency.post(path, body, { 'idempotency-key': 'one' });

  test('ten times at once with one key makes one and answers all the same', async () => {
    const agency = await newTenant(api);
    const ten = await Promise.all(Array.from({ length: 10 }, () => send(agency)));
    expect(ten[0]).toMatchObject({ status: 201 });
    expect(new Set(ten.map(({ status, text, headers }) => `${status} ${text} ${headers.get('location')}`)).size).toBe(1);
    expect((await eventCounts(database, agency.id))[made]).toBe(1);
  });

  test('again with the same key answers byte for byte as the first time, marked as replayed', async () => {
    const agency = await newTenant(api);
    const [first, again] = [await send(agency), await send(agency)];
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
  });

  test('with the same key in another operation is refused with IDEMPOTENCY_KEY_REUSED', async () => {
    const agency = await newTenant(api);
    await send(agency);
    expect(await agency.post('/clients', { name: 'Acme' }, { 'idempotency-key': 'one' })).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
  });
});

test('a project asked for again with the same key and another body is refused with IDEMPOTENCY_KEY_REUSED', async () => {
  const agency = await newTenant(api);
  const send = (name: string) => agency.post('/projects', { name, domain: 'acme.example' }, { 'idempotency-key': 'one' });
  await send('Site');
  expect(await send('Other')).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
  expect((await agency.get('/projects')).as(answers.projects).items).toMatchObject([{ name: 'Site' }]);
});

test('two requests for a project under two clients at once, with one key, are one project under the client that was answered', async () => {
  const agency = await newTenant(api);
  const clients = [await activeClient(database, agency.id), await activeClient(database, agency.id)];
  const sent = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const clientId = clients[index % 2]?.clientId;
      const answer = await agency.post('/projects', { name: 'Site', domain: 'acme.example', clientId }, { 'idempotency-key': 'one' });
      return { clientId, answer };
    }),
  );
  const [project, ...more] = (await agency.get('/projects')).as(answers.projects).items;
  expect(more).toEqual([]);
  for (const { clientId, answer } of sent) {
    if (clientId === project?.clientId) expect(answer).toMatchObject({ status: 201, body: { id: project?.id, clientId } });
    else expect(answer).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
  }
});

test('one key in four operations at once is one of them carried out, and the others refused with nothing done', async () => {
  const operations = ['/clients', '/projects', '/crm-connections', '/clients?other'];
  const bodies: Record<string, object> = {
    '/clients?other': { name: 'Other' },
    '/clients': { name: 'Acme' },
    ...Object.fromEntries(creations.map(({ path, body }) => [path, body])),
  };
  for (const first of operations) {
    const agency = await newTenant(api);
    // Whoever is sent first is not always the one that wins.
    const order = [first, ...operations.filter((path) => path !== first)];
    const sent = await Promise.all(order.map((path) => agency.post(path, bodies[path], { 'idempotency-key': 'one' })));
    expect(sent.map(({ status }) => status).toSorted()).toEqual([201, 422, 422, 422]);
    for (const answer of sent.filter(({ status }) => status === 422)) expect(answer).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
    const {
      'client.created': clients = 0,
      'project.created': projects = 0,
      'crm_connection.created': connections = 0,
    } = await eventCounts(database, agency.id);
    expect(clients + projects + connections).toBe(1);
  }
});
