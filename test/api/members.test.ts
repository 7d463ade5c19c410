import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { memberSchema } from '../../api/representations/member.ts';
import { invite } from '../../db/invite.ts';
import { inTenant } from '../../db/tenant.ts';
import { verifyHistory } from '../../db/verify-history.ts';
import type { AccountId } from '../../domain/ids.ts';
import { freshSessionMs } from '../../domain/person.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { holdLock } from '../harness/held-lock.ts';
import { newClientId, newInvitationId, newPersonId } from '../harness/ids.ts';
import { mailedToken } from '../harness/mailbox.ts';
import { openMember } from '../harness/member.ts';
import { tester } from '../harness/onboarding-input.ts';
import { newPerson, openPerson, type TestPerson } from '../harness/person.ts';
import { newDirectAccount, newTenant } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;
const members = z.object({ items: z.array(memberSchema), nextCursor: z.string().nullable() });
const lastOwner = { ...refusal('AGENCY_ROLE_REQUIRED'), body: { detail: expect.stringContaining('at least one owner') } };

/** An account with one person of each role. */
async function staffed(kind: 'agency' | 'direct' = 'agency') {
  const { id } = kind === 'agency' ? await newTenant(api) : await newDirectAccount(database);
  const [owner, admin, viewer] = [
    await openPerson(api, id, { role: 'owner', name: 'Olive' }),
    await openPerson(api, id, { role: 'admin', name: 'Ada' }),
    await openPerson(api, id, { role: 'viewer', name: 'Vic' }),
  ];
  return { id, owner, admin, viewer, path: (person: TestPerson) => `/v1/accounts/${id}/members/${person.id}` };
}

async function rolesIn(id: AccountId): Promise<Record<string, string>> {
  const rows = await database.admin
    .selectFrom('memberships as membership')
    .innerJoin('auth.people as person', 'person.id', 'membership.person_id')
    .select(['person.name', 'membership.role'])
    .where('membership.agency_id', '=', id)
    .execute();
  return Object.fromEntries(rows.map(({ name, role }) => [name, role]));
}

/** How many details of events, invitations and imports of the account name the person or their address. */
async function toldOf({ name, email }: TestPerson, id: AccountId): Promise<number> {
  const { rows } = await sql<{ told: number }>`
    select (select count(*) from foyer.event_details where agency_id = ${id} and (content like ${`%"${name}"%`} or content ilike ${`%${email}%`}))::int
      + (select count(*) from foyer.invitations where agency_id = ${id} and (email ilike ${email} or invited_by ->> 'label' = ${name}))::int
      + (select count(*) from foyer.imports where agency_id = ${id} and actor ->> 'label' = ${name})::int as told`.execute(database.admin);
  return rows[0]?.told ?? 0;
}

describe('the people of an account', () => {
  test.each(['agency', 'direct'] as const)('of kind %s are listed to its members, newest first, page by page', async (kind) => {
    const { id, viewer } = await staffed(kind);
    const first = (await viewer.get(`/v1/accounts/${id}/members?limit=2`)).as(members);
    const second = (await viewer.get(`/v1/accounts/${id}/members?limit=2&cursor=${first.nextCursor}`)).as(members);
    const all = [...first.items, ...second.items];
    expect(all.map(({ name, role }) => `${name} ${role}`).sort()).toEqual(['Ada admin', 'Olive owner', 'Vic viewer']);
    expect(second.nextCursor).toBeNull();
  });

  test('are not told to a member who is restricted to some clients', async () => {
    const { id } = await staffed();
    const restricted = await openPerson(api, id, { role: 'admin', clientIds: [] });
    expect(await restricted.get(`/v1/accounts/${id}/members`)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  });
});

describe('the role of a member', () => {
  test('is changed by an owner or an admin, holds at once, and is told in the history', async () => {
    const { id, admin, viewer, path } = await staffed();
    expect(await viewer.patch(path(admin), { role: 'viewer' })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await admin.patch(path(viewer), { role: 'admin' })).toMatchObject({ status: 200, body: { name: 'Vic', role: 'admin', clientIds: null } });
    expect(await viewer.patch(path(admin), { role: 'viewer' })).toMatchObject({ status: 200, body: { name: 'Ada', role: 'viewer' } });
    expect(await events(database, id, 'member.changed')).toMatchObject([
      { actor: { kind: 'user', id: admin.id }, before: { personId: viewer.id, role: 'viewer' }, after: { personId: viewer.id, role: 'admin' } },
      { actor: { kind: 'user', id: viewer.id }, before: { role: 'admin' }, after: { role: 'viewer' } },
    ]);
  });

  test('of an owner is out of reach of an admin, and of a key', async () => {
    const { id, owner, admin, path } = await staffed();
    await openPerson(api, id, { role: 'owner', name: 'Otto' });
    for (const change of [{ role: 'viewer' }, { clientIds: null }]) {
      expect(await admin.patch(path(owner), change)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    }
    expect(await admin.delete(path(owner))).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await rolesIn(id)).toMatchObject({ Olive: 'owner', Otto: 'owner' });
  });

  test('is never made owner: that is offered', async () => {
    const { owner, admin, path } = await staffed();
    expect(await owner.patch(path(admin), { role: 'owner' })).toMatchObject({ ...refusal('VALIDATION_FAILED'), body: { errors: [{ pointer: '/role' }] } });
  });

  test('of the last owner stays', async () => {
    const { id, owner, path } = await staffed();
    expect(await owner.patch(path(owner), { role: 'admin' })).toMatchObject(lastOwner);
    expect(await rolesIn(id)).toMatchObject({ Olive: 'owner' });
    expect(await events(database, id, 'member.changed')).toEqual([]);
  });

  test('of somebody who is no member is refused with NOT_FOUND', async () => {
    const [{ id, owner }, other] = [await staffed(), await staffed()];
    for (const personId of [other.viewer.id, newPersonId()]) {
      expect(await owner.patch(`/v1/accounts/${id}/members/${personId}`, { role: 'viewer' })).toMatchObject(refusal('NOT_FOUND'));
    }
  });
});

describe('two owners at once', () => {
  test('who demote each other leave one, whoever comes first', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, owner, path } = await staffed();
      const otto = await openPerson(api, id, { role: 'owner', name: 'Otto' });
      const both = await Promise.all([owner.patch(path(otto), { role: 'viewer' }), otto.patch(path(owner), { role: 'viewer' })]);
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403]);
      expect(Object.values(await rolesIn(id)).filter((role) => role === 'owner')).toHaveLength(1);
    }
  });

  test('who both leave leave one', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, owner } = await staffed();
      const otto = await openPerson(api, id, { role: 'owner', name: 'Otto' });
      const both = await Promise.all([owner, otto].map((person) => person.post(`/v1/accounts/${id}/leave`)));
      expect(both.map(({ status }) => status).toSorted()).toEqual([204, 403]);
      expect(Object.values(await rolesIn(id)).filter((role) => role === 'owner')).toHaveLength(1);
    }
  });
});

describe('a member', () => {
  test('who is removed finds the account gone with the next request, and nothing else', async () => {
    const { id, admin, viewer, path } = await staffed();
    const elsewhere = await staffed();
    await openPerson(api, elsewhere.id, { role: 'viewer' });
    expect(await admin.delete(path(viewer))).toMatchObject({ status: 204 });
    expect(await viewer.get(`/v1/accounts/${id}`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await viewer.get(`/v1/agencies/${id}/clients`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await viewer.get('/v1/me')).toMatchObject({ status: 200, body: { accounts: [] } });
    expect(await admin.delete(path(viewer))).toMatchObject(refusal('NOT_FOUND'));
    expect(await events(database, id, 'member.removed')).toMatchObject([{ actor: { id: admin.id }, before: { personId: viewer.id, role: 'viewer' } }]);
  });

  test('leaves by themselves, whatever their role, but for the last owner', async () => {
    const { id, owner, admin, viewer } = await staffed();
    for (const person of [viewer, admin]) expect(await person.post(`/v1/accounts/${id}/leave`)).toMatchObject({ status: 204 });
    expect(await owner.post(`/v1/accounts/${id}/leave`)).toMatchObject(lastOwner);
    expect(await rolesIn(id)).toEqual({ Olive: 'owner' });
    expect(await events(database, id, 'member.left')).toHaveLength(2);
  });

  test('who deletes their sign-in is gone from every account, and what told of them with it', async () => {
    const [{ id, admin, viewer, path }, elsewhere] = [await staffed(), await newTenant(api)];
    for (const role of ['owner', 'admin'] as const) await openMember(database, elsewhere.id, { role, ...(role === 'admin' && { personId: viewer.id }) });
    await admin.patch(path(viewer), { role: 'admin' });
    const invitation = { id: newInvitationId(), tokenHash: randomBytes(32), expiresAt: new Date(), role: 'viewer', clientIds: null, actor: tester } as const;
    await inTenant(database.api, id, (tx) => invite(tx, { ...invitation, accountId: id, email: viewer.email.toUpperCase() }));
    await viewer.post(`/v1/accounts/${id}/invitations`, { email: 'next@people.example', role: 'viewer' });
    const by = JSON.stringify({ kind: 'user', id: viewer.id, label: viewer.name });
    await sql`insert into foyer.imports (agency_id, id, workflow_id, on_limit, on_duplicate, actor, total)
      values (${id}, gen_random_uuid(), ${`import-${id}`}, 'wait', 'skip', ${by}, 1)`.execute(database.admin);
    expect(await toldOf(viewer, id)).toBe(5);

    expect(await viewer.delete('/v1/me')).toMatchObject({ status: 204 });
    expect(await viewer.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await rolesIn(id)).toEqual({ Olive: 'owner', Ada: 'admin' });
    expect(await toldOf(viewer, id)).toBe(0);
    for (const left of [id, elsewhere.id]) {
      const gone = { actor: { id: viewer.id, label: 'somebody who is gone' }, before: { personId: viewer.id, role: 'admin' } };
      expect(await events(database, left, 'member.erased')).toMatchObject([gone]);
    }
    const histories = await Array.fromAsync(verifyHistory(database.urls.admin));
    expect(histories.find(({ accountId }) => accountId === id)).toMatchObject({ erased: 2, finding: null });
    expect(await newPerson(api, { email: viewer.email })).toMatchObject({ email: viewer.email });
  });

  test('who deletes their sign-in joins nothing meanwhile: by an invitation, or by an account of their own', async () => {
    const [{ id, viewer }, other] = [await staffed(), await staffed()];
    await other.owner.post(`/v1/accounts/${other.id}/invitations`, { email: viewer.email, role: 'viewer' });
    const token = await mailedToken(api, viewer.email, 'invitation');
    await using lock = await holdLock(database, 'select from accounts where id = $1 for update', [id]);
    const going = viewer.delete('/v1/me');
    await lock.wanted();
    const joining = [viewer.post('/v1/invitations/accept', { token }), viewer.post('/v1/accounts', { kind: 'direct', name: 'Too late' })];
    await lock.wanted(3);
    await lock.release();
    expect(await going).toMatchObject({ status: 204 });
    for (const answer of await Promise.all(joining)) expect(answer).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await events(database, other.id, 'member.joined')).toEqual([]);
  });

  test('who joins while they delete their sign-in has left there too', async () => {
    const [{ viewer }, other] = [await staffed(), await staffed()];
    const [path, headers, body] = [`/v1/accounts/${other.id}/invitations`, { 'idempotency-key': 'one' }, { email: viewer.email, role: 'viewer' }];
    const invite = () => other.owner.send({ method: 'POST', path, headers, body });
    const invited = await invite();
    expect((await invite()).text).toBe(invited.text);
    const token = await mailedToken(api, viewer.email, 'invitation');
    await using lock = await holdLock(database, 'select from accounts where id = $1 for update', [other.id]);
    const joining = viewer.post('/v1/invitations/accept', { token });
    await lock.wanted();
    const going = viewer.delete('/v1/me');
    await lock.wanted(2);
    await lock.release();
    expect(await joining).toMatchObject({ status: 200 });
    expect(await going).toMatchObject({ status: 204 });
    expect(await events(database, other.id, 'member.erased')).toMatchObject([{ before: { personId: viewer.id, role: 'viewer' } }]);
    // A kept answer names nobody who is gone.
    expect(await invite()).toMatchObject({ status: 201, body: { ...(invited.body as object), email: `${viewer.id}@erased.invalid` } });
  });

  test('deletes their sign-in in a session that is fresh, and as the last owner of one account leaves none', async () => {
    const [{ id, owner, viewer }, elsewhere] = [await staffed(), await newTenant(api)];
    await openMember(database, elsewhere.id, { role: 'viewer', personId: owner.id });
    expect(await owner.delete('/v1/me')).toMatchObject(lastOwner);
    const earlier = new Date(Date.now() - freshSessionMs);
    await database.admin.updateTable('auth.sessions').set({ created_at: earlier }).where('person_id', '=', viewer.id).execute();
    expect(await viewer.delete('/v1/me')).toMatchObject({ ...refusal('UNAUTHENTICATED'), body: { reason: 'SESSION_NOT_FRESH' } });
    expect(await rolesIn(id)).toEqual({ Olive: 'owner', Ada: 'admin', Vic: 'viewer' });
    expect(await rolesIn(elsewhere.id)).toEqual({ Olive: 'viewer' });
    expect(await events(database, elsewhere.id, 'member.erased')).toEqual([]);
  });

  test('of another account reads and changes nothing here', async () => {
    const [here, other] = [await staffed(), await staffed()];
    expect(await other.owner.get(`/v1/accounts/${here.id}/members`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await other.owner.delete(here.path(here.viewer))).toMatchObject(refusal('NOT_FOUND'));
    expect(await rolesIn(here.id)).toMatchObject({ Vic: 'viewer' });
  });
});

describe('a restriction to some clients', () => {
  async function withClients() {
    const account = await staffed();
    const [seen, hidden] = [
      (await activeClient(database, account.id, { name: 'Seen' })).clientId,
      (await activeClient(database, account.id, { name: 'Hidden' })).clientId,
    ];
    const clientsOf = async (person: TestPerson) => (await person.get(`/v1/agencies/${account.id}/clients`)).as(answers.clients).items.map(({ name }) => name);
    return { ...account, seen, hidden, clientsOf };
  }

  test('holds with the next request, is widened, and is lifted', async () => {
    const { admin, viewer, path, seen, hidden, clientsOf } = await withClients();
    expect(await clientsOf(viewer)).toEqual(['Hidden', 'Seen']);
    expect(await admin.patch(path(viewer), { clientIds: [seen, seen] })).toMatchObject({ status: 200, body: { clientIds: [seen], role: 'viewer' } });
    expect(await clientsOf(viewer)).toEqual(['Seen']);
    await admin.patch(path(viewer), { clientIds: [seen, hidden] });
    expect(await clientsOf(viewer)).toEqual(['Hidden', 'Seen']);
    await admin.patch(path(viewer), { clientIds: [] });
    expect(await clientsOf(viewer)).toEqual([]);
    await admin.patch(path(viewer), { clientIds: null });
    expect(await clientsOf(viewer)).toEqual(['Hidden', 'Seen']);
  });

  test('to a client that is none of the account is refused and changes nothing, whoever else has it', async () => {
    const [{ admin, viewer, path, seen, clientsOf }, other] = [await withClients(), await withClients()];
    for (const clientId of [other.seen, newClientId()]) {
      expect(await admin.patch(path(viewer), { clientIds: [seen, clientId] })).toMatchObject({
        ...refusal('VALIDATION_FAILED'),
        body: { errors: [{ pointer: '/clientIds/1', message: 'is no client of this account' }] },
      });
    }
    expect(await clientsOf(viewer)).toEqual(['Hidden', 'Seen']);
  });

  test('of an owner is refused, and stays when only the role changes', async () => {
    const { owner, admin, viewer, path, seen, clientsOf } = await withClients();
    expect(await owner.patch(path(owner), { clientIds: [seen] })).toMatchObject({
      ...refusal('VALIDATION_FAILED'),
      body: { errors: [{ pointer: '/clientIds' }] },
    });
    await owner.patch(path(viewer), { clientIds: [seen] });
    await owner.patch(path(viewer), { role: 'admin' });
    expect(await clientsOf(viewer)).toEqual(['Seen']);
    expect(await viewer.patch(path(admin), { clientIds: [] })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await viewer.patch(path(viewer), { clientIds: null })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  });
});
