import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { initOf, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { leaveLater } from '../harness/offboarding.ts';
import { newTenant, openKey, tenantWith } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import { events } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

async function clientOf(terms = {}) {
  const agency = await newTenant(api, terms);
  const { clientId } = await activeClient(database, agency.id, { contactEmail: 'ops@acme.example' });
  const path = `/clients/${clientId}/offboard`;
  return { agency, clientId, path };
}

describe('a client', () => {
  test('is offboarded on a day to come: its state can be read, its pack downloaded, and it can be cancelled', async () => {
    const { agency, clientId, path } = await clientOf();
    const answer = await agency.post(path, { on: day(30), message: ' Goodbye ' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/agencies/${agency.id}${path}`);
    expect(answer.as(answers.offboarding)).toMatchObject({
      clientId,
      state: 'scheduled',
      on: day(30),
      message: 'Goodbye',
      remindersSent: 0,
      nextReminderAt: `${day(23)}T00:00:00.000Z`,
    });

    const leaving = { id: answer.as(answers.offboarding).id, on: day(30) };
    expect((await agency.get(`/clients/${clientId}`)).as(answers.client).offboarding).toEqual(leaving);
    expect((await agency.get('/clients')).as(answers.clients).items).toMatchObject([{ id: clientId, offboarding: leaving }]);
    const made = await until('the pack is made', async () => {
      const offboarding = (await agency.get(path)).as(answers.offboarding);
      return offboarding.pack.state === 'made' && offboarding;
    });
    const download = (method: 'GET' | 'HEAD') => api.app.request(`/v1/agencies/${agency.id}${path}/pack`, initOf({ method, path: '', key: agency.key }));
    expect((await download('HEAD')).status).toBe(200);
    expect(await events(database, agency.id, 'export_pack.downloaded')).toEqual([]);
    const response = await download('GET');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const pack = new Uint8Array(await response.arrayBuffer());
    expect(pack).toHaveLength(made.pack.bytes ?? 0);
    expect(Object.keys(unzipSync(pack))).toContain('client.json');
    expect(await events(database, agency.id, 'export_pack.downloaded')).toMatchObject([{ client_id: clientId, actor: { kind: 'apiKey' } }]);

    expect((await agency.post(`${path}/cancel`)).as(answers.offboarding)).toMatchObject({ state: 'cancelled', pack: { state: 'gone', bytes: null } });
    expect(await agency.get(`${path}/pack`)).toMatchObject(refusal('NOT_FOUND'));
    expect((await agency.get(`/clients/${clientId}`)).as(answers.client)).toMatchObject({ state: 'active', offboarding: null });
  });

  test('is offboarded once for one key, and not twice at once', async () => {
    const { agency, path } = await clientOf();
    const key = { 'idempotency-key': 'once' };
    const [one, two] = [await agency.post(path, { on: day(10) }, key), await agency.post(path, { on: day(10) }, key)];
    expect([one.status, two.status, two.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
    expect(two.text).toBe(one.text);
    const other = await agency.post(path, { on: day(20) });
    expect(other).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(other.body).toMatchObject({ errors: [{ pointer: '/on', message: expect.stringContaining(day(10)) }] });
    await agency.post(`${path}/cancel`);
    expect((await agency.post(path, { on: day(20) })).status).toBe(201);
    await agency.post(`${path}/cancel`);
  });

  test('that was cancelled or never left stays as it is when it is cancelled again', async () => {
    const { agency, path } = await clientOf();
    expect(await agency.post(`${path}/cancel`)).toMatchObject(refusal('NOT_FOUND'));
    await agency.post(path, { on: day(10) });
    await agency.post(`${path}/cancel`);
    expect(await agency.post(`${path}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(await events(database, agency.id, 'client.offboarding_cancelled')).toHaveLength(1);
  });

  test('whose workflow is not there any more can be cancelled all the same', async () => {
    const { agency, clientId, path } = await clientOf();
    await leaveLater(database, agency.id, clientId);
    expect(await agency.post(`${path}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled', pack: { state: 'gone' } } });
  });
});

describe('offboarding is refused', () => {
  test.each([day(0), day(-1), day(6 * 366), '2026-02-30', 'tomorrow', ''])('on %s, with a pointer at the day', async (on) => {
    const { agency, path } = await clientOf();
    const answer = await agency.post(path, { on });
    expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/on' }] });
    expect(await agency.get(path)).toMatchObject(refusal('NOT_FOUND'));
  });

  test('for an archived client', async () => {
    const { agency, clientId, path } = await clientOf();
    await agency.post(`/clients/${clientId}/archive`);
    expect(await agency.post(path, { on: day(10) })).toMatchObject(refusal('CLIENT_ARCHIVED'));
  });

  test('to a key that only reads, and so are its pack and its state', async () => {
    const { agency, clientId, path } = await clientOf();
    await leaveLater(database, agency.id, clientId);
    const reader = tenantWith(api, agency.id, await openKey(database, agency.id, { scopes: ['clients:read'] }));
    for (const answer of [
      await reader.post(path, { on: day(10) }),
      await reader.get(path),
      await reader.get(`${path}/pack`),
      await reader.post(`${path}/cancel`),
    ]) {
      expect(answer).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    }
  });
});
