import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { initialPlan } from '../../domain/account.ts';
import type { AccountId } from '../../domain/ids.ts';
import { refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { openMember } from '../harness/member.ts';
import { newPerson, openPerson } from '../harness/person.ts';
import { newDirectAccount, newTenant } from '../harness/tenant.ts';
import { tenantRows } from '../harness/tenant-rows.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;

const opened = z.looseObject({ id: z.uuid().transform((id) => id as AccountId) });

describe('opening an account of one’s own', () => {
  test('makes an agency on the trial plan of defaults, owned by whoever opens it, and its history says so', async () => {
    const person = await newPerson(api, { name: 'Robin Owner' });
    const answer = await person.post('/v1/accounts', { kind: 'agency', name: 'Fern Studio' });
    expect(answer).toMatchObject({
      status: 201,
      body: { kind: 'agency', name: 'Fern Studio', billingEmail: person.email, role: 'owner', plan: { ...initialPlan(), state: 'trialing' } },
    });
    const { id } = answer.as(opened);
    expect(answer.headers.get('location')).toBe(`/v1/accounts/${id}`);
    expect((await person.get('/v1/me')).body).toMatchObject({ accounts: [{ id, kind: 'agency', name: 'Fern Studio', role: 'owner', restricted: false }] });
    expect((await person.get(`/v1/agencies/${id}`)).body).toMatchObject({ plan: { state: 'trialing', eligible: true }, clients: { used: 0 } });
    expect(await events(database, id, 'account.created')).toMatchObject([{ actor: { kind: 'user', id: person.id, label: 'Robin Owner' } }]);
  });

  test('makes a direct account, which has no plan and no clients', async () => {
    const person = await newPerson(api);
    const answer = await person.post('/v1/accounts', { kind: 'direct', name: 'Fern Bakery', billingEmail: 'bills@fern.example' });
    expect(answer).toMatchObject({ status: 201, body: { kind: 'direct', billingEmail: 'bills@fern.example', plan: null } });
    expect(await person.get(`/v1/agencies/${answer.as(opened).id}/clients`)).toMatchObject(refusal('AGENCY_ACCOUNT_REQUIRED'));
  });

  test('comes to one account, however often the same request is sent, and to each person’s own with the same key', async () => {
    const [first, second] = [await newPerson(api), await newPerson(api)];
    const headers = { 'idempotency-key': randomUUID() };
    const open = (person: typeof first) => person.send({ method: 'POST', path: '/v1/accounts', headers, body: { kind: 'agency', name: 'Fern' } });
    const answers = await Promise.all([open(first), open(first), open(first)]);
    expect(new Set(answers.map((answer) => answer.as(opened).id)).size).toBe(1);
    expect((await open(second)).as(opened).id).not.toBe(answers[0]?.as(opened).id);
    expect((await first.get('/v1/me')).body).toMatchObject({ accounts: { length: 1 } });
  });

  test('is limited in a day, and says when to come again', async () => {
    const person = await newPerson(api);
    const answers = [];
    for (let count = 0; count < 11; count++) answers.push(await person.post('/v1/accounts', { kind: 'direct', name: 'One more' }));
    expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect(answers[10]).toMatchObject(refusal('RATE_LIMITED'));
    expect(Number(answers[10]?.headers.get('retry-after'))).toBeGreaterThan(80_000);
    expect((await person.get('/v1/me')).body).toMatchObject({ accounts: { length: 10 } });
  });
});

describe('switching accounts', () => {
  test('is remembered for the person at every sign-in, and changes nothing in either account', async () => {
    const [agency, direct] = [await newTenant(api), await newDirectAccount(database)];
    const person = await openPerson(api, agency.id, { role: 'viewer' });
    await openMember(database, direct.id, { role: 'admin', personId: person.id });
    const before = [await tenantRows(database, agency.id), await tenantRows(database, direct.id)];
    expect((await person.get('/v1/me')).body).toMatchObject({ currentAccountId: null, accounts: { length: 2 } });
    for (const id of [direct.id, agency.id]) {
      expect(await person.put('/v1/me/current-account', { accountId: id })).toMatchObject({ status: 204 });
      expect((await person.get('/v1/me')).body).toMatchObject({ currentAccountId: id });
    }
    expect([await tenantRows(database, agency.id), await tenantRows(database, direct.id)]).toEqual(before);
  });

  test('finds no account that the person does not belong to, there or not', async () => {
    const other = await newTenant(api);
    const person = await newPerson(api);
    for (const accountId of [other.id, randomUUID()]) {
      expect(await person.put('/v1/me/current-account', { accountId })).toMatchObject(refusal('NOT_FOUND'));
    }
    expect((await person.get('/v1/me')).body).toMatchObject({ currentAccountId: null });
  });

  test('is forgotten where the person does not belong any more', async () => {
    const agency = await newTenant(api);
    const person = await openPerson(api, agency.id, { role: 'viewer' });
    await person.put('/v1/me/current-account', { accountId: agency.id });
    await database.admin.deleteFrom('memberships').where('person_id', '=', person.id).execute();
    expect((await person.get('/v1/me')).body).toMatchObject({ currentAccountId: null, accounts: [] });
  });
});

test('the way into the Temporal UI is shown to owners and admins who see all of an agency, where there is one', async () => {
  const agency = await newTenant(api);
  const workflowsUrl = 'https://temporal.example/namespaces/default/workflows';
  const operated = await anotherApi(api, { workflowsUrl });
  const shownTo = async (person: { headers: Record<string, string> }, at = operated) =>
    (await at.send({ method: 'GET', path: '/v1/me', headers: person.headers }))
      .as(z.looseObject({ accounts: z.array(z.looseObject({ workflowsUrl: z.unknown() })) }))
      .accounts.map((account) => account.workflowsUrl);
  const admin = await openPerson(api, agency.id, { role: 'admin' });
  expect(await shownTo(admin)).toEqual([workflowsUrl]);
  expect(await shownTo(admin, api)).toEqual([null]);
  expect(await shownTo(await openPerson(api, agency.id, { role: 'viewer' }))).toEqual([null]);
  expect(await shownTo(await openPerson(api, agency.id, { role: 'admin', clientIds: [] }))).toEqual([null]);
});
