import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountSchema } from '../../api/representations/account.ts';
import { invitationSchema } from '../../api/representations/invitation.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { Role } from '../../domain/permission.ts';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { mailedToken, mailsTo } from '../harness/mailbox.ts';
import { newPerson, openPerson, type TestPerson } from '../harness/person.ts';
import { newDirectAccount, newTenant } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;
const invitations = z.object({ items: z.array(invitationSchema), nextCursor: z.string().nullable() });

async function account(kind: 'agency' | 'direct' = 'agency') {
  const { id } = kind === 'agency' ? await newTenant(api) : await newDirectAccount(database);
  const owner = await openPerson(api, id, { role: 'owner', name: 'Olive' });
  const path = `/v1/accounts/${id}/invitations`;
  const invite = async (email: string, role: Role = 'viewer', more: object = {}) => (await owner.post(path, { email, role, ...more })).as(invitationSchema);
  const list = async () => (await owner.get(path)).as(invitations).items;
  return { id, owner, path, invite, list };
}

const tokenOf = ({ email }: TestPerson) => mailedToken(api, email, 'invitation');
const accept = (person: TestPerson, token: string) => person.post('/v1/invitations/accept', { token });
const passed = (id: AccountId) =>
  database.admin
    .updateTable('invitations')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('agency_id', '=', id)
    .execute();

describe('an invitation', () => {
  test.each(['agency', 'direct'] as const)('to an account of kind %s is mailed, waits seven days, and is accepted by whoever has the address', async (kind) => {
    const { id, invite, list } = await account(kind);
    const person = await newPerson(api);
    const invited = await invite(person.email, 'admin');
    expect(invited).toMatchObject({ email: person.email, role: 'admin', clientIds: null, state: 'pending', invitedBy: 'Olive' });
    expect(Math.round((Date.parse(invited.expiresAt) - Date.now()) / 86_400_000)).toBe(7);
    expect(await mailsTo(api, person.email)).toMatchObject([{ kind: 'invitation', text: expect.stringContaining('as an admin') }]);

    expect(await accept(person, await tokenOf(person))).toMatchObject({ status: 200, body: { id, kind, role: 'admin' } });
    expect(await person.get(`/v1/accounts/${id}`)).toMatchObject({ status: 200, body: { role: 'admin', counts: { members: 2, pendingInvitations: 0 } } });
    expect(await list()).toMatchObject([{ id: invited.id, state: 'accepted', acceptedBy: person.id }]);
    expect(await events(database, id, 'member.joined')).toMatchObject([
      { actor: { kind: 'user', id: person.id }, after: { role: 'admin', invitationId: invited.id } },
    ]);
  });

  test('opens nothing before it is accepted, and no other account after', async () => {
    const [here, other] = [await account(), await account()];
    const person = await newPerson(api);
    await here.invite(person.email, 'owner');
    expect(await person.get(`/v1/accounts/${here.id}`)).toMatchObject(refusal('NOT_FOUND'));
    await accept(person, await tokenOf(person));
    expect(await person.get(other.path)).toMatchObject(refusal('NOT_FOUND'));
    expect(await person.get('/v1/me')).toMatchObject({ body: { accounts: [{ id: here.id, role: 'owner' }] } });
  });

  test('accepted again by the same person answers the same, and makes nothing new', async () => {
    const { id, invite } = await account();
    const person = await newPerson(api);
    await invite(person.email);
    const token = await tokenOf(person);
    const three = await Promise.all([accept(person, token), accept(person, token), accept(person, token)]);
    expect(three.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await events(database, id, 'member.joined')).toHaveLength(1);
  });

  test('restricted to a client lets the member see that one alone', async () => {
    const { id, invite } = await account();
    const { clientId } = await activeClient(database, id, { name: 'Seen' });
    await activeClient(database, id, { name: 'Hidden' });
    const person = await newPerson(api);
    expect(await invite(person.email, 'viewer', { clientIds: [clientId] })).toMatchObject({ clientIds: [clientId] });
    await accept(person, await tokenOf(person));
    expect((await person.get(`/v1/agencies/${id}/clients`)).as(answers.clients).items.map(({ name }) => name)).toEqual(['Seen']);
  });

  test('is for the address however it is written', async () => {
    const { invite } = await account();
    const person = await newPerson(api);
    await invite(person.email.toUpperCase());
    const token = await mailedToken(api, person.email.toUpperCase(), 'invitation');
    expect(await accept(person, token)).toMatchObject({ status: 200 });
  });
});

describe('the link of an invitation', () => {
  test('forwarded to somebody else opens nothing, and says why', async () => {
    const { id, invite, list } = await account();
    const [person, other] = [await newPerson(api), await newPerson(api)];
    await invite(person.email);
    expect(await accept(other, await tokenOf(person))).toMatchObject({
      ...refusal('AGENCY_ROLE_REQUIRED'),
      body: { detail: expect.stringContaining('another e-mail address') },
    });
    expect(await other.get(`/v1/accounts/${id}`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await list()).toMatchObject([{ state: 'pending' }]);
  });

  test('opens nothing for an address that was not verified', async () => {
    const { invite } = await account();
    const person = await newPerson(api, { emailVerified: false });
    await invite(person.email);
    expect(await accept(person, await tokenOf(person))).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  });

  test('that has passed, was revoked, replaced or never there is answered the same, byte for byte', async () => {
    const [old, gone, again, left] = [await account(), await account(), await account(), await account()];
    const person = await newPerson(api);
    const token = async ({ invite }: typeof old) => {
      const { id } = await invite(person.email);
      return { id, token: await tokenOf(person) };
    };
    const expired = await token(old);
    await passed(old.id);
    const revoked = await token(gone);
    await gone.owner.delete(`${gone.path}/${revoked.id}`);
    const replaced = await token(again);
    await again.owner.post(`${again.path}/${replaced.id}/resend`);
    const removed = await token(left);
    await accept(person, removed.token);
    await left.owner.delete(`/v1/accounts/${left.id}/members/${person.id}`);

    const told = new Set<string>();
    for (const each of [expired.token, revoked.token, replaced.token, removed.token, 'x'.repeat(43)]) {
      const answer = await accept(person, each);
      expect(answer).toMatchObject(refusal('SHARE_EXPIRED'));
      told.add(withoutRequestId(answer));
    }
    expect(told.size).toBe(1);
    expect(await person.get('/v1/me')).toMatchObject({ body: { accounts: [] } });
  });

  test('is for people: a key cannot accept', async () => {
    const { id, invite } = await account();
    const { key } = await newTenant(api);
    const person = await newPerson(api);
    await invite(person.email);
    const answer = await api.send({ method: 'POST', path: '/v1/invitations/accept', key, body: { token: await tokenOf(person) } });
    expect(answer).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await events(database, id, 'member.joined')).toEqual([]);
  });

  test('is kept as a hash: neither the table, the history nor the log holds its token', async () => {
    const { id, owner, invite } = await account();
    const person = await newPerson(api);
    await invite(person.email);
    const token = await tokenOf(person);
    await accept(person, token);
    const rows = await database.admin.selectFrom('invitations').selectAll().where('agency_id', '=', id).execute();
    expect(JSON.stringify([rows, await events(database, id), api.logged])).not.toContain(token);
    expect(rows.map(({ invited_by }) => invited_by)).toEqual([{ kind: 'user', id: owner.id, label: 'Olive' }]);
  });
});

describe('inviting', () => {
  test('is up to owners and admins, and owners are invited by owners alone', async () => {
    const { id, path } = await account();
    const [admin, viewer] = [await openPerson(api, id, { role: 'admin' }), await openPerson(api, id, { role: 'viewer' })];
    const body = (role: Role) => ({ email: 'somebody@people.example', role });
    expect(await viewer.post(path, body('viewer'))).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await admin.post(path, body('owner'))).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await admin.post(path, body('admin'))).toMatchObject({ status: 201 });
  });

  test('an address again withdraws the invitation that waited', async () => {
    const { invite, list } = await account();
    const person = await newPerson(api);
    const first = await invite(person.email, 'viewer');
    const second = await invite(person.email.toUpperCase(), 'admin');
    expect(await list()).toMatchObject([
      { id: second.id, state: 'pending', role: 'admin' },
      { id: first.id, state: 'revoked' },
    ]);
  });

  test('a member is refused', async () => {
    const { owner, path } = await account();
    expect(await owner.post(path, { email: owner.email.toUpperCase(), role: 'viewer' })).toMatchObject({
      ...refusal('VALIDATION_FAILED'),
      body: { errors: [{ pointer: '/email' }] },
    });
  });

  test('an owner restricted to clients, or anybody to clients of another account, is refused', async () => {
    const [{ owner, path, list }, other] = [await account(), await account()];
    const { clientId } = await activeClient(database, other.id);
    for (const role of ['owner', 'viewer'] as const) {
      expect(await owner.post(path, { email: 'x@people.example', role, clientIds: [clientId] })).toMatchObject(refusal('VALIDATION_FAILED'));
    }
    expect(await list()).toEqual([]);
  });

  test('with one idempotency key sends one mail, however often it is asked for', async () => {
    const { owner, path } = await account();
    const person = await newPerson(api);
    const ask = () => owner.send({ method: 'POST', path, body: { email: person.email, role: 'viewer' }, headers: { 'idempotency-key': 'one' } });
    const three = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(three.map(({ text }) => text)).size).toBe(1);
    expect(await mailsTo(api, person.email)).toHaveLength(1);
  });

  test('again by the same invitation sends another link, also once it has expired, but not once it is answered', async () => {
    const { id, owner, path, invite, list } = await account();
    const person = await newPerson(api);
    const invited = await invite(person.email);
    await passed(id);
    expect(await list()).toMatchObject([{ state: 'expired' }]);
    expect(await owner.post(`${path}/${invited.id}/resend`)).toMatchObject({ status: 200, body: { id: invited.id, state: 'pending' } });
    expect(await accept(person, await tokenOf(person))).toMatchObject({ status: 200 });
    expect(await owner.post(`${path}/${invited.id}/resend`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await owner.delete(`${path}/${invited.id}`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await mailsTo(api, person.email)).toHaveLength(2);
  });

  test('by an admin does not reach the invitation of an owner', async () => {
    const { id, path, invite } = await account();
    const admin = await openPerson(api, id, { role: 'admin' });
    const invited = await invite('boss@people.example', 'owner');
    expect(await admin.post(`${path}/${invited.id}/resend`)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await admin.delete(`${path}/${invited.id}`)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  });
});

test('the owner whom the platform operator names is invited by mail and takes the account', async () => {
  const person = await newPerson(api);
  const opened = await api.send({
    method: 'POST',
    path: '/v1/operator/accounts',
    key: api.operatorKey,
    body: { kind: 'agency', name: 'Northwind', billingEmail: 'billing@northwind.example', ownerEmail: person.email },
  });
  const { id } = opened.as(accountSchema);
  expect(await accept(person, await tokenOf(person))).toMatchObject({ status: 200, body: { id, name: 'Northwind', role: 'owner' } });
});
