import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { apiKeySchema, newApiKeySchema as newApiKey } from '../../api/representations/api-key.ts';
import { refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { openPerson } from '../harness/person.ts';
import { newDirectAccount, newTenant, openKey, openKnownKey } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;
const hour = 3_600_000;
const apiKeys = z.object({ items: z.array(apiKeySchema) });
const inAnHour = () => new Date(Date.now() + hour).toISOString();

/** The keys of an account, as its owner sees them. */
async function keysOf(account: { id: Parameters<typeof openKey>[1] }) {
  const owner = await openPerson(api, account.id, { role: 'owner' });
  const path = `/v1/accounts/${account.id}/api-keys`;
  return {
    owner,
    list: async () => (await owner.get(path)).as(apiKeys).items,
    make: (body: object) => owner.post(path, body),
    rotate: (id: string, body: object = { overlapHours: 24 }) => owner.post(`${path}/${id}/rotate`, body),
    revoke: (id: string) => owner.delete(`${path}/${id}`),
    opens: async (key: string) => (await api.send({ method: 'GET', path: '/v1/me', key })).status === 200,
  };
}

describe('a key made by an owner', () => {
  test('is shown once, opens what its scopes say, and is listed by its prefix, never by the key or its hash', async () => {
    const agency = await newTenant(api);
    const keys = await keysOf(agency);
    const expiresAt = inAnHour();
    const made = (await keys.make({ name: 'CI', scopes: ['clients:read', 'clients:read'], expiresAt })).as(newApiKey);
    expect(made).toMatchObject({ name: 'CI', scopes: ['clients:read'], state: 'active', expiresAt, lastUsedAt: null, prefix: made.key.slice(0, 10) });
    const send = (method: string, path: string, body?: object) => api.send({ method, path: `/v1/agencies/${agency.id}${path}`, key: made.key, body });
    expect(await send('GET', '/clients')).toMatchObject({ status: 200 });
    expect(await send('POST', '/clients', { name: 'Client' })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));

    const listed = await keys.owner.get(`/v1/accounts/${agency.id}/api-keys`);
    expect(listed.as(apiKeys).items[0]).toEqual({ ...made, key: undefined });
    expect(listed.text).not.toContain(made.key);
    expect(listed.text).not.toContain('hash');
  });

  test('is in the history with its maker, and without the key', async () => {
    const agency = await newTenant(api);
    const keys = await keysOf(agency);
    const made = (await keys.make({ name: 'CI', scopes: ['clients:read'] })).as(newApiKey);
    const [event] = await events(database, agency.id, 'api_key.created');
    expect(event).toMatchObject({
      actor: { kind: 'user', id: keys.owner.id },
      after: { id: made.id, name: 'CI', prefix: made.prefix, scopes: ['clients:read'] },
    });
    expect(JSON.stringify(event)).not.toContain(made.key);
  });

  test('may be of a direct account as well', async () => {
    const direct = await newDirectAccount(database);
    const keys = await keysOf(direct);
    const made = (await keys.make({ name: 'Mine', scopes: ['clients:read'] })).as(newApiKey);
    expect(await api.send({ method: 'GET', path: '/v1/me', key: made.key })).toMatchObject({ body: { accounts: [{ id: direct.id, kind: 'direct' }] } });
  });

  test('is the same key for the same idempotency key', async () => {
    const agency = await newTenant(api);
    const send = () =>
      api.send({
        method: 'POST',
        path: `/v1/accounts/${agency.id}/api-keys`,
        key: agency.key,
        headers: { 'idempotency-key': 'once' },
        body: { name: 'CI', scopes: ['clients:read'] },
      });
    const [first, again] = [await send(), await send()];
    expect(again.as(newApiKey)).toEqual(first.as(newApiKey));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  test.each([
    ['without scopes', { scopes: [] }, '/scopes'],
    ['with one that there is not', { scopes: ['everything'] }, '/scopes/0'],
    ['that has expired before it begins', { expiresAt: new Date(Date.now() - 1).toISOString() }, '/expiresAt'],
    ['without a name', { name: ' ' }, '/name'],
  ])('is refused %s', async (_, wrong, pointer) => {
    const keys = await keysOf(await newTenant(api));
    const answer = await keys.make({ name: 'CI', scopes: ['clients:read'], ...wrong });
    expect(answer).toMatchObject({ ...refusal('VALIDATION_FAILED'), body: { errors: [{ pointer }] } });
    expect(await keys.list()).toHaveLength(1);
  });
});

test('a key can make another one only with all scopes, and a member who is restricted to some clients none', async () => {
  const agency = await newTenant(api);
  const make = { name: 'CI', scopes: ['clients:read'] };
  const lesser = await openKey(database, agency.id, { scopes: ['clients:read', 'clients:write', 'projects:write', 'delivery:write', 'sharing:write'] });
  const path = `/v1/accounts/${agency.id}/api-keys`;
  expect(await api.send({ method: 'POST', path, key: lesser, body: make })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  expect(await api.send({ method: 'POST', path, key: agency.key, body: make })).toMatchObject({ status: 201 });
  for (const terms of [{ role: 'admin', clientIds: [] }, { role: 'viewer' }] as const) {
    const member = await openPerson(api, agency.id, terms);
    expect(await member.post(path, make)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await member.get(path)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  }
});

describe('a rotated key', () => {
  test('opens what it did for the overlap, beside the one that takes its place with its name, scopes and end', async () => {
    const agency = await newTenant(api);
    const keys = await keysOf(agency);
    const old = (await keys.make({ name: 'CI', scopes: ['delivery:write'] })).as(newApiKey);
    const next = (await keys.rotate(old.id)).as(newApiKey);
    expect(next).toMatchObject({ name: 'CI', scopes: ['delivery:write'], state: 'active', expiresAt: null });
    expect(next.key).not.toBe(old.key);
    expect([await keys.opens(old.key), await keys.opens(next.key)]).toEqual([true, true]);

    const listed = (await keys.list()).find(({ id }) => id === old.id);
    expect(listed).toMatchObject({ state: 'replaced', replacedBy: next.id });
    expect(Date.parse(listed?.expiresAt ?? '') - Date.now()).toBeGreaterThan(23.9 * hour);
    expect(Date.parse(listed?.expiresAt ?? '') - Date.now()).toBeLessThan(24.1 * hour);
    expect(await events(database, agency.id, 'api_key.rotated')).toMatchObject([{ before: { id: old.id }, after: { id: next.id } }]);
  });

  test('stops at once with no overlap, and never lives longer than it would have', async () => {
    const keys = await keysOf(await newTenant(api));
    const expiresAt = inAnHour();
    const [one, two] = [
      (await keys.make({ name: 'One', scopes: ['admin'] })).as(newApiKey),
      (await keys.make({ name: 'Two', scopes: ['admin'], expiresAt })).as(newApiKey),
    ];
    await keys.rotate(one.id, { overlapHours: 0 });
    await until('the old key is refused', async () => !(await keys.opens(one.key)));
    expect((await keys.rotate(two.id, { overlapHours: 48 })).as(newApiKey)).toMatchObject({ expiresAt });
    expect((await keys.list()).find(({ id }) => id === two.id)).toMatchObject({ state: 'replaced', expiresAt });
  });

  test('is rotated once, by however many at the same time', async () => {
    const keys = await keysOf(await newTenant(api));
    const { id } = (await keys.make({ name: 'CI', scopes: ['admin'] })).as(newApiKey);
    const answers = await Promise.all(Array.from({ length: 8 }, () => keys.rotate(id)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) expect(answer).toMatchObject(refusal('NOT_FOUND'));
  });

  test.each([
    ['revoked', { revokedAt: new Date() }],
    ['expired', { expiresAt: new Date(Date.now() - 1) }],
  ])('is not there when it was %s before', async (_, terms) => {
    const agency = await newTenant(api);
    const { id } = await openKnownKey(database, agency.id, terms);
    expect(await (await keysOf(agency)).rotate(id)).toMatchObject(refusal('NOT_FOUND'));
  });
});

test('a revoked key opens nothing from then on, is listed as revoked, and cannot be revoked twice', async () => {
  const agency = await newTenant(api);
  const keys = await keysOf(agency);
  const made = (await keys.make({ name: 'CI', scopes: ['admin'] })).as(newApiKey);
  expect(await keys.opens(made.key)).toBe(true);
  expect(await keys.revoke(made.id)).toMatchObject({ status: 204 });
  await until('the key is refused', async () => !(await keys.opens(made.key)));
  expect((await keys.list())[0]).toMatchObject({ id: made.id, state: 'revoked' });
  expect(await keys.revoke(made.id)).toMatchObject(refusal('NOT_FOUND'));
  expect(await events(database, agency.id, 'api_key.revoked')).toHaveLength(1);
});

test('when a key was last used is written apart from the requests that use it', async () => {
  const agency = await newTenant(api);
  const keys = await keysOf(agency);
  expect(await keys.list()).toMatchObject([{ lastUsedAt: null }]);
  const before = Date.now();
  for (let index = 0; index < 3; index++) await agency.get('/clients');
  await api.keyUse.flush();
  const [listed] = await keys.list();
  expect(Date.parse(listed?.lastUsedAt ?? '')).toBeGreaterThanOrEqual(before);
});
