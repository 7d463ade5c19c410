import { describe, expect, test } from 'vitest';
import { refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { newPersonId } from '../harness/ids.ts';
import { mailsTo } from '../harness/mailbox.ts';
import { openPerson, type TestPerson } from '../harness/person.ts';
import { newDirectAccount, newTenant } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;

async function account(kind: 'agency' | 'direct' = 'agency') {
  const { id } = kind === 'agency' ? await newTenant(api) : await newDirectAccount(database);
  const path = `/v1/accounts/${id}/ownership-offer`;
  const [owner, heir, other] = [
    await openPerson(api, id, { role: 'owner', name: 'Olive' }),
    await openPerson(api, id, { role: 'viewer', name: 'Hedy' }),
    await openPerson(api, id, { role: 'admin', name: 'Ada' }),
  ];
  const offer = (formerRole: 'admin' | 'owner' = 'admin') => owner.put(path, { personId: heir.id, formerRole });
  const roleOf = async (person: TestPerson) => (await person.get(`/v1/accounts/${id}`)).body;
  return { id, path, owner, heir, other, offer, roleOf };
}

describe('ownership', () => {
  test.each(['agency', 'direct'] as const)(
    'of an account of kind %s is offered and accepted: then the other is owner, and the former what was chosen',
    async (kind) => {
      for (const formerRole of ['admin', 'owner'] as const) {
        const { id, path, owner, heir, offer, roleOf } = await account(kind);
        expect(await offer(formerRole)).toMatchObject({ status: 200, body: { from: { name: 'Olive' }, to: { personId: heir.id, name: 'Hedy' }, formerRole } });
        expect(await mailsTo(api, heir.email)).toMatchObject([{ kind: 'ownership_offer' }]);
        expect(await roleOf(heir)).toMatchObject({ role: 'viewer' });
        expect(await heir.post(`${path}/accept`)).toMatchObject({ status: 204 });
        expect(await roleOf(heir)).toMatchObject({ role: 'owner' });
        expect(await roleOf(owner)).toMatchObject({ role: formerRole });
        expect(await heir.get(path)).toMatchObject(refusal('NOT_FOUND'));
        expect(await events(database, id, 'ownership.transferred')).toMatchObject([
          { actor: { id: heir.id }, before: { owner: { personId: owner.id } }, after: { owner: { personId: heir.id }, formerRole } },
        ]);
      }
    },
  );

  test('lifts the restriction of whoever takes it', async () => {
    const { id, path, owner } = await account();
    const heir = await openPerson(api, id, { role: 'viewer', clientIds: [] });
    await owner.put(path, { personId: heir.id });
    expect(await heir.post(`${path}/accept`)).toMatchObject({ status: 204 });
    expect(await heir.get(`/v1/accounts/${id}/members`)).toMatchObject({ status: 200 });
  });

  test('is offered by owners alone, to a member who is none yet', async () => {
    const { path, owner, heir, other } = await account();
    for (const person of [heir, other]) expect(await person.put(path, { personId: other.id })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    for (const personId of [newPersonId(), owner.id]) {
      expect(await owner.put(path, { personId })).toMatchObject({ ...refusal('VALIDATION_FAILED'), body: { errors: [{ pointer: '/personId' }] } });
    }
  });
});

describe('an offer', () => {
  test('is there for the owners and for whom it is made, and for nobody else', async () => {
    const { id, path, owner, heir, other, offer } = await account();
    await offer();
    for (const person of [owner, heir, await openPerson(api, id, { role: 'owner' })]) expect(await person.get(path)).toMatchObject({ status: 200 });
    expect(await other.get(path)).toMatchObject(refusal('NOT_FOUND'));
    expect(await other.post(`${path}/accept`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await other.delete(path)).toMatchObject(refusal('NOT_FOUND'));
  });

  test.each(['owner', 'heir'] as const)('is taken back by its %s', async (who) => {
    const of = await account();
    await of.offer();
    expect(await of[who].delete(of.path)).toMatchObject({ status: 204 });
    expect(await of.heir.post(`${of.path}/accept`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await events(database, of.id, 'ownership.offer_withdrawn')).toMatchObject([{ actor: { id: of[who].id }, before: { personId: of.heir.id } }]);
  });

  test('passes after seven days', async () => {
    const { id, path, heir, offer } = await account();
    await offer();
    await database.admin.updateTable('ownership_offers').set({ expires_at: new Date() }).where('agency_id', '=', id).execute();
    expect(await heir.get(path)).toMatchObject(refusal('NOT_FOUND'));
    expect(await heir.post(`${path}/accept`)).toMatchObject(refusal('NOT_FOUND'));
  });

  test('stands in place of the one before', async () => {
    const { path, owner, heir, other, offer } = await account();
    await offer();
    await owner.put(path, { personId: other.id });
    expect(await heir.post(`${path}/accept`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await other.post(`${path}/accept`)).toMatchObject({ status: 204 });
  });

  test('falls when whoever made it is no owner any more', async () => {
    const { id, path, owner, heir, offer } = await account();
    const second = await openPerson(api, id, { role: 'owner' });
    await offer();
    expect(await second.patch(`/v1/accounts/${id}/members/${owner.id}`, { role: 'viewer' })).toMatchObject({ status: 200 });
    expect(await heir.post(`${path}/accept`)).toMatchObject(refusal('NOT_FOUND'));
  });

  test('goes with either of the two', async () => {
    for (const who of ['owner', 'heir'] as const) {
      const of = await account();
      await openPerson(api, of.id, { role: 'owner' });
      await of.offer();
      await of[who].post(`/v1/accounts/${of.id}/leave`);
      expect(await database.admin.selectFrom('ownership_offers').selectAll().where('agency_id', '=', of.id).execute()).toEqual([]);
    }
  });

  test('accepted twice at once makes one owner, and whoever comes second finds none', async () => {
    const { id, path, heir, offer } = await account();
    await offer();
    const both = await Promise.all([heir.post(`${path}/accept`), heir.post(`${path}/accept`)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 404]);
    expect(await events(database, id, 'ownership.transferred')).toHaveLength(1);
  });
});
