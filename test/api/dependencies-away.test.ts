import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { Client } from '@temporalio/client';
import { afterAll, describe, expect, test } from 'vitest';
import { connectTemporal } from '../../api/temporal-connection.ts';
import { connect } from '../../db/connect.ts';
import { answers, refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { connectCrm, crmEvent, deliver } from '../harness/crm.ts';
import { holdLock } from '../harness/held-lock.ts';
import { listen } from '../harness/listening.ts';
import { openProject } from '../harness/project.ts';
import { newTenant, tenantWith } from '../harness/tenant.ts';

const api = await testApi();
const { database } = api;

// Nobody listens on port 1, and this one never says a word.
const lost = connectTemporal({ address: '127.0.0.1:1' });
const mute = createServer().listen(0, '127.0.0.1');
await once(mute, 'listening');
// A TCP server's address is never a pipe's name.
const unanswered = connectTemporal({ address: `127.0.0.1:${(mute.address() as AddressInfo).port}` });
const withoutTemporal = await anotherApi({ ...api, temporal: new Client({ connection: lost }) });
const withMuteTemporal = await anotherApi({ ...api, temporal: new Client({ connection: unanswered }) });
const settings = { applicationName: 'x', maxConnections: 2, statementTimeoutMs: 500, onIdleError: () => {} };
const noDatabase = connect('postgres://foyer_api:x@127.0.0.1:1/foyer', settings);
const noSocket = connect('postgres://foyer_api:x@/foyer?host=/nowhere', settings);
const slowDatabase = connect(database.urls.api, settings);
const withoutDatabase = await anotherApi(api, { db: noDatabase });
const withoutSocket = await anotherApi(api, { db: noSocket });
const withSlowDatabase = await anotherApi(api, { db: slowDatabase });
afterAll(async () => {
  await Promise.all([noDatabase.destroy(), noSocket.destroy(), slowDatabase.destroy()]);
  await Promise.all([lost.close(), unanswered.close()]);
  mute.close();
});

describe.concurrent('without Temporal', () => {
  test.each([
    ['is not there', withoutTemporal],
    ['says nothing', withMuteTemporal],
  ])('that %s: an onboarding is refused with 503 in three seconds and when to ask again, and the same key works once Temporal is back', async (_, lacking) => {
    const there = await newTenant(api);
    const away = tenantWith(lacking, there.id, there.key);
    const headers = { 'idempotency-key': 'one' };
    const sentAt = performance.now();
    const refused = await away.post('/clients', { name: 'Acme' }, headers);
    expect(performance.now() - sentAt).toBeLessThan(3_000);
    expect(refused).toMatchObject(refusal('TEMPORARILY_UNAVAILABLE'));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await there.get('/clients')).as(answers.clients).items).toEqual([]);
    expect(await there.post('/clients', { name: 'Acme' }, headers)).toMatchObject({ status: 201 });
  });

  test('commands and webhooks are refused with 503, and leave nothing behind', async () => {
    const there = await newTenant(api);
    const away = tenantWith(withoutTemporal, there.id, there.key);
    const { clientId } = await activeClient(database, there.id);
    const projectId = await openProject(database, there.id);
    const connection = await connectCrm(there);
    const message = { event: crmEvent({ externalReference: 'HS-1' }), id: 'msg_1' };
    const refused = await Promise.all([
      away.post('/projects', { name: 'Site', domain: 'acme.example' }),
      away.put(`/projects/${projectId}/client`, { clientId }),
      away.post('/imports', { rows: [{ name: 'Birch' }] }),
      deliver(withoutTemporal, connection, message),
    ]);
    for (const answer of refused) expect(answer).toMatchObject(refusal('TEMPORARILY_UNAVAILABLE'));
    expect((await there.get('/projects')).as(answers.projects).items).toMatchObject([{ id: projectId, clientId: null }]);
    expect((await there.get('/imports')).as(answers.imports).items).toEqual([]);
    expect(await deliver(api, connection, message)).toMatchObject({ status: 202, body: { onboardingId: expect.any(String) } });
  });

  test('everything that is recorded can still be read, and a badge still be reported', async () => {
    const there = await newTenant(api);
    const away = tenantWith(withoutTemporal, there.id, there.key);
    const { clientId, onboardingId } = await activeClient(database, there.id);
    const projectId = await openProject(database, there.id, { clientId });
    for (const path of [
      '',
      '/clients',
      `/clients/${clientId}`,
      '/onboardings',
      `/onboardings/${onboardingId}`,
      '/projects',
      '/events',
      `/projects/${projectId}/readiness`,
    ]) {
      expect(await away.get(path), path).toMatchObject({ status: 200 });
    }
    expect(await away.put(`/projects/${projectId}/badges/scan`, { value: 'completed', at: new Date().toISOString() })).toMatchObject({ status: 200 });
  });

  test('the process is alive and not ready, and says what it lacks', async () => {
    expect(await withoutTemporal.send({ method: 'GET', path: '/healthz' })).toMatchObject({ status: 200 });
    const checks = { database: 'ok', migrations: 'ok', temporal: 'failed' };
    expect(await withoutTemporal.send({ method: 'GET', path: '/readyz' })).toMatchObject({ status: 503, body: { ready: false, checks } });
  });
});

test('a connection on which a body was refused unread is there for the next request, however long that takes', async () => {
  await using server = await listen(withMuteTemporal);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = async (method: string, path: string, body?: Buffer) => {
    const sent = request(server.url + path, { agent, method }).end(body);
    const [answer]: IncomingMessage[] = await once(sent, 'response');
    await once(answer?.resume() ?? sent, 'end');
    return answer?.statusCode;
  };
  const large = Buffer.alloc(300_000);
  expect(await send('POST', '/v1/accounts', large)).toBe(401);
  expect(await send('POST', '/v1/accounts', Buffer.concat(Array(4).fill(large)))).toBe(422);
  expect(await send('GET', '/readyz')).toBe(503);
  agent.destroy();
});

describe.concurrent('without the database', () => {
  test.each([
    ['refuses', withoutDatabase],
    ['has left no socket', withoutSocket],
  ])('that %s: whoever comes with a key is told 503, not that the key is wrong', async (_, lacking) => {
    const { id, key } = await newTenant(api);
    const refused = await tenantWith(lacking, id, key).get('/clients');
    expect(refused).toMatchObject(refusal('TEMPORARILY_UNAVAILABLE'));
    expect(refused.headers.get('retry-after')).toBeTruthy();
  });

  test('that is slow: a statement that takes too long is 503, nothing was changed, and the same request is answered once it is quick again', async () => {
    const { id, key, ...agency } = await newTenant(api);
    const projectId = await openProject(database, id);
    const report = (value: string) => [`/projects/${projectId}/badges/scan`, { value, at: new Date().toISOString() }] as const;
    expect(await agency.put(...report('queued'))).toMatchObject({ status: 200 });
    await using lock = await holdLock(database, 'select from badges where project_id = $1 for update', [projectId]);
    const late = report('completed');
    const refused = await tenantWith(withSlowDatabase, id, key).put(...late);
    expect(refused).toMatchObject(refusal('TEMPORARILY_UNAVAILABLE'));
    expect(refused.headers.get('retry-after')).toBeTruthy();
    await lock.release();
    expect(await agency.get(`/projects/${projectId}`)).toMatchObject({ body: { badges: { scan: { value: 'queued' } } } });
    expect(await agency.put(...late)).toMatchObject({ status: 200, body: { badges: { scan: { value: 'completed' } } } });
  });

  test('the process is alive and not ready, and says what it lacks', async () => {
    expect(await withoutDatabase.send({ method: 'GET', path: '/healthz' })).toMatchObject({ status: 200 });
    const checks = { database: 'failed', migrations: 'failed', temporal: 'ok' };
    expect(await withoutDatabase.send({ method: 'GET', path: '/readyz' })).toMatchObject({ status: 503, body: { ready: false, checks } });
  });
});
