import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { answers } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { openMember } from '../harness/member.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant, openKey, tenantWith } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import { signUpAndIn } from '../harness/visitor.ts';

const api = await testApi();

const contact = { contactEmail: 'ops@guarded.example', externalReference: 'guarded-reference', notes: 'guarded notes' };

/** An agency with one client, as the member of this role sees it. */
async function seenBy(role: 'admin' | 'viewer') {
  const agency = await newTenant(api);
  const { client } = (await agency.post('/clients', { name: 'Guarded GmbH' })).as(answers.onboarded);
  const path = `/v1/agencies/${agency.id}/clients/${client.id}`;
  // An edit tells the events what changed.
  expect(await api.send({ method: 'PATCH', path, key: agency.key, headers: { 'if-match': `"${client.version}"` }, body: contact })).toMatchObject({
    status: 200,
  });
  const { visitor } = await signUpAndIn(api);
  const me = (await visitor.get('/v1/me')).as(z.looseObject({ id: z.uuid() }));
  await openMember(api.database, agency.id, { role, personId: me.id as never });
  const get = (path: string) => visitor.get(`/v1/agencies/${agency.id}${path}`);
  return { client, get };
}

const guarded = /ops@guarded|guarded-reference|guarded notes/;

describe('a viewer', () => {
  test('is shown clients without contact e-mail, external reference and notes, wherever they stand', async () => {
    const { client, get } = await seenBy('viewer');
    for (const path of ['/clients', `/clients/${client.id}`, '/events', '/onboardings', '/projects']) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.text, path).not.toMatch(guarded);
    }
    expect((await get(`/clients/${client.id}`)).body).toMatchObject({ name: 'Guarded GmbH', contactEmail: null, externalReference: null, notes: null });
  });

  test('finds clients by their name alone, so that a search does not tell what is not shown', async () => {
    const { client, get } = await seenBy('viewer');
    expect((await get('/clients?query=guarded%20gmbh')).body).toMatchObject({ items: [{ id: client.id }] });
    for (const query of ['ops@guarded', 'guarded-reference']) {
      expect((await get(`/clients?query=${encodeURIComponent(query)}`)).body, query).toMatchObject({ items: [] });
    }
  });
});

describe('an admin', () => {
  test('is shown all of it, and finds by it', async () => {
    const { client, get } = await seenBy('admin');
    expect((await get(`/clients/${client.id}`)).body).toMatchObject(contact);
    expect((await get('/clients?query=guarded-reference')).body).toMatchObject({ items: [{ id: client.id, ...contact }] });
    expect((await get('/events')).text).toMatch(guarded);
  });
});

describe('the billing e-mail of an account, and an address that was invited, are told by its events', () => {
  const addresses = /billing@moved|new-hire@/;

  /** An agency that moved its billing and invited somebody, once that can be read. */
  async function withPeople() {
    const agency = await newTenant(api);
    const owner = await openPerson(api, agency.id, { role: 'owner' });
    expect((await owner.patch(`/v1/accounts/${agency.id}`, { billingEmail: 'billing@moved.example' })).status).toBe(200);
    const invitation = { email: 'new-hire@people.example', role: 'viewer' };
    expect((await owner.post(`/v1/accounts/${agency.id}/invitations`, invitation)).status).toBe(201);
    const path = `/v1/agencies/${agency.id}/events`;
    await until('both are told', async () => (await owner.get(path)).as(answers.events).items.length >= 2);
    return { agency, owner, path };
  }

  test('to whoever may see them elsewhere', async () => {
    const { agency, owner, path } = await withPeople();
    for (const answer of [await owner.get(path), await agency.get('/events')]) {
      expect(answer.text).toContain('billing@moved');
      expect(answer.text).toContain('new-hire@');
    }
  });

  test('to no viewer, and to no key that only reads', async () => {
    const { agency, path } = await withPeople();
    const viewer = await openPerson(api, agency.id, { role: 'viewer' });
    const reader = tenantWith(api, agency.id, await openKey(api.database, agency.id, { scopes: ['clients:read'] }));
    for (const answer of [await viewer.get(path), await reader.get('/events')]) {
      expect(answer.as(answers.events).items.map(({ kind }) => kind)).toEqual(['account.updated', 'invitation.created']);
      expect(answer.text).not.toMatch(addresses);
    }
  });
});
