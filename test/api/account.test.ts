import { describe, expect, test } from 'vitest';
import { refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { openPerson } from '../harness/person.ts';
import { openProject } from '../harness/project.ts';
import { newDirectAccount, newTenant, openKey } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;

describe("an account's page", () => {
  test('shows kind, name, role, billing e-mail and counts', async () => {
    const { id } = await newTenant(api);
    const owner = await openPerson(api, id, { role: 'owner' });
    const { clientId } = await activeClient(database, id);
    await openProject(database, id, { clientId });
    await owner.post(`/v1/accounts/${id}/invitations`, { email: 'x@people.example', role: 'viewer' });
    expect(await owner.get(`/v1/accounts/${id}`)).toMatchObject({
      status: 200,
      body: {
        id,
        kind: 'agency',
        role: 'owner',
        billingEmail: 'billing@agency.example',
        counts: { members: 1, pendingInvitations: 1, clients: 1, projects: 1 },
      },
    });
  });

  test('of a direct account is there for its people and its keys', async () => {
    const { id, key } = await newDirectAccount(database);
    const viewer = await openPerson(api, id, { role: 'viewer' });
    expect(await viewer.get(`/v1/accounts/${id}`)).toMatchObject({ body: { kind: 'direct', role: 'viewer', counts: { clients: 0 } } });
    expect(await api.send({ method: 'GET', path: `/v1/accounts/${id}`, key })).toMatchObject({ body: { role: null, billingEmail: 'billing@direct.example' } });
  });

  test('tells billing only to whoever may change it', async () => {
    const { id } = await newTenant(api);
    const billingOf = async (path: string, key: string) => (await api.send({ method: 'GET', path, key })).body;
    for (const role of ['viewer', 'admin', 'owner'] as const) {
      const person = await openPerson(api, id, { role });
      const expected = role === 'viewer' ? null : 'billing@agency.example';
      expect(await person.get(`/v1/accounts/${id}`)).toMatchObject({ body: { billingEmail: expected } });
    }
    expect(await billingOf(`/v1/accounts/${id}`, await openKey(database, id, { scopes: ['clients:write'] }))).toMatchObject({ billingEmail: null });
  });

  test('counts for a member who is restricted to a client what they see', async () => {
    const { id } = await newTenant(api);
    const [seen, hidden] = [await activeClient(database, id), await activeClient(database, id)];
    for (const { clientId } of [seen, hidden]) await openProject(database, id, { clientId });
    const restricted = await openPerson(api, id, { role: 'admin', clientIds: [seen.clientId] });
    expect(await restricted.get(`/v1/accounts/${id}`)).toMatchObject({ body: { billingEmail: null, counts: { clients: 1, projects: 1 } } });
  });
});

describe('changing an account', () => {
  test('sets what is named, and tells it in the history with what it was', async () => {
    const { id } = await newTenant(api);
    const admin = await openPerson(api, id, { role: 'admin' });
    expect(await admin.patch(`/v1/accounts/${id}`, { billingEmail: 'money@agency.example' })).toMatchObject({
      status: 200,
      body: { billingEmail: 'money@agency.example', role: 'admin' },
    });
    expect(await events(database, id, 'account.updated')).toMatchObject([
      { actor: { id: admin.id }, before: { billingEmail: 'billing@agency.example' }, after: { billingEmail: 'money@agency.example' } },
    ]);
  });

  test('to what it is already changes and tells nothing', async () => {
    const { id } = await newTenant(api);
    const owner = await openPerson(api, id, { role: 'owner' });
    expect(await owner.patch(`/v1/accounts/${id}`, { billingEmail: 'billing@agency.example' })).toMatchObject({ status: 200 });
    expect(await events(database, id, 'account.updated')).toEqual([]);
  });

  test('is not for a viewer, nor for whoever belongs to another account', async () => {
    const [here, other] = [await newTenant(api), await newTenant(api)];
    const change = { name: 'Mine' };
    const [viewer, stranger] = [await openPerson(api, here.id, { role: 'viewer' }), await openPerson(api, other.id, { role: 'owner' })];
    expect(await viewer.patch(`/v1/accounts/${here.id}`, change)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await stranger.patch(`/v1/accounts/${here.id}`, change)).toMatchObject(refusal('NOT_FOUND'));
  });
});
