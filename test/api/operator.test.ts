import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountSchema } from '../../api/representations/account.ts';
import { agencySchema } from '../../api/representations/agency.ts';
import type { AccountId } from '../../domain/ids.ts';
import { planDefaults } from '../../domain/plan.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newAgencyId } from '../harness/ids.ts';
import { newDirectAccount, newTenant, tenantWith } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

const account = { kind: 'agency', name: 'Northwind', billingEmail: 'billing@northwind.example', ownerEmail: 'owner@northwind.example' };
const plan = { state: 'active', clientLimit: 3, scansPerPeriod: 20, monitoredProjects: 5, whiteLabel: true, overageClients: 1 };
const newKey = z.object({ id: z.uuid(), name: z.string(), prefix: z.string(), scopes: z.array(z.string()), key: z.string() });

const operate = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  api.send({ method, path: `/v1/operator/accounts${path}`, key: api.operatorKey, body, headers });
const openAccount = async (changes: object = {}) => (await operate('POST', '', { ...account, ...changes })).as(accountSchema);

describe('opening an account', () => {
  test('answers 201 with the account, its plan of defaults and the invitation of its owner for seven days', async () => {
    const answer = await operate('POST', '', account);
    expect(answer).toMatchObject({ status: 201 });
    const opened = answer.as(accountSchema);
    expect(opened).toMatchObject({
      kind: 'agency',
      name: 'Northwind',
      billingEmail: 'billing@northwind.example',
      plan: { state: 'active', clientLimit: 10, overageClients: 0, scansPerPeriod: 50, monitoredProjects: 10, whiteLabel: false },
      invitation: { email: 'owner@northwind.example', role: 'owner' },
    });
    const days = (Date.parse(opened.invitation.expiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    expect(await events(database, accountIdOf(opened.id), 'account.created')).toMatchObject([{ actor: { kind: 'operator' } }]);
  });

  test('takes the terms of the plan that are given', async () => {
    expect((await openAccount({ plan: { clientLimit: 3, whiteLabel: true } })).plan).toMatchObject({ clientLimit: 3, whiteLabel: true, scansPerPeriod: 50 });
  });

  test('of a direct account has no plan', async () => {
    expect(await openAccount({ kind: 'direct' })).toMatchObject({ kind: 'direct', plan: null });
  });

  test('ten times at once with one key is one account and ten equal answers', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const ten = await Promise.all(Array.from({ length: 10 }, () => operate('POST', '', account, headers)));
    expect(new Set(ten.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(ten.filter(({ headers: given }) => given.get('idempotency-replayed') === 'true')).toHaveLength(9);
    const { id } = accountSchema.parse(ten[0]?.body);
    expect(await events(database, accountIdOf(id), 'account.created')).toHaveLength(1);
    expect(await operate('POST', '', { ...account, name: 'Other' }, headers)).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
  });
});

describe('a key of an account', () => {
  test('is shown once and works at once, for what its scopes allow', async () => {
    const { id } = await openAccount();
    const made = (await operate('POST', `/${id}/api-keys`, { name: 'CRM', scopes: ['clients:read', 'clients:read'] })).as(newKey);
    expect(made).toMatchObject({ name: 'CRM', scopes: ['clients:read'] });
    expect(made.key.startsWith(made.prefix)).toBe(true);
    const agency = tenantWith(api, accountIdOf(id), made.key);
    expect(await agency.get('/clients')).toMatchObject({ status: 200 });
    expect(await agency.post('/clients', { name: 'Acme' })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  });

  test('is kept as a hash: neither table nor history holds it', async () => {
    const { id } = await openAccount();
    const { key } = (await operate('POST', `/${id}/api-keys`, { name: 'CRM', scopes: ['admin'] })).as(newKey);
    const rows = await database.admin.selectFrom('api_keys').selectAll().where('agency_id', '=', accountIdOf(id)).execute();
    expect(JSON.stringify([rows, await events(database, accountIdOf(id))])).not.toContain(key);
  });

  test('asked for again with the same idempotency key is the same key, and no other is made', async () => {
    const { id } = await openAccount();
    const ask = () => operate('POST', `/${id}/api-keys`, { name: 'CRM', scopes: ['admin'] }, { 'idempotency-key': 'one' });
    const many = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(many.map(({ text }) => text)).size).toBe(1);
    expect(await events(database, accountIdOf(id), 'api_key.created')).toHaveLength(1);
  });

  test('of an account that is not there is refused with NOT_FOUND', async () => {
    expect(await operate('POST', `/${newAgencyId()}/api-keys`, { name: 'CRM', scopes: ['admin'] })).toMatchObject(refusal('NOT_FOUND'));
  });
});

describe('setting a plan', () => {
  test('answers with the plan and how many of its slots are taken, and is told in the history', async () => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id);
    const answer = await operate('PUT', `/${agency.id}/plan`, plan);
    expect(answer).toMatchObject({ status: 200, body: { ...plan, clientsUsed: 1, overLimit: false } });
    expect(await events(database, agency.id, 'plan.changed')).toMatchObject([{ actor: { kind: 'operator' }, after: plan }]);
  });

  test('below the clients says so, takes none away and refuses new ones', async () => {
    const agency = await newTenant(api);
    for (const _ of [1, 2]) await activeClient(database, agency.id);
    expect(await operate('PUT', `/${agency.id}/plan`, { ...plan, clientLimit: 1, overageClients: 0 })).toMatchObject({
      body: { clientsUsed: 2, overLimit: true },
    });
    expect((await agency.get('/clients?state=active')).as(answers.clients).items).toHaveLength(2);
    expect(await agency.post('/clients', { name: 'Third' })).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
  });

  test('to be cancelled ends it with the period that it is in, however many it has had, and no later when it is set again', async () => {
    const dayMs = 86_400_000;
    const firstEnded = new Date(Date.now() - 40 * dayMs);
    const agency = await newTenant(api, { periodEnd: firstEnded });
    const workspace = async () => (await agency.get()).as(agencySchema);
    const endOf = async () => Date.parse((await workspace()).scans.periodEnd);
    const end = firstEnded.getTime() + 2 * planDefaults.periodDays * dayMs;
    expect(await endOf()).toBe(end);
    for (const clientLimit of [3, 4]) {
      await operate('PUT', `/${agency.id}/plan`, { ...plan, state: 'cancellation_scheduled', clientLimit });
      expect((await workspace()).plan).toMatchObject({ state: 'cancellation_scheduled', eligible: true });
      expect(await endOf()).toBe(end);
    }
    expect(await agency.post('/clients', { name: 'Acme' })).toMatchObject({ status: 201 });

    const over = await newTenant(api, { state: 'cancellation_scheduled', periodEnd: firstEnded });
    await operate('PUT', `/${over.id}/plan`, { ...plan, state: 'cancellation_scheduled' });
    expect((await over.get()).as(agencySchema).plan.eligible).toBe(false);
  });

  test('that is eligible again lets onboardings go on that wait for it, those who waited longest first', async () => {
    const agency = await newTenant(api, { state: 'past_due' });
    const ids: string[] = [];
    for (const name of ['First', 'Second']) {
      const { onboarding } = (await agency.post('/clients', { name, onLimit: 'wait' })).as(answers.accepted);
      expect(onboarding).toMatchObject({ state: 'waiting_for_allowance', blockers: [{ code: 'AGENCY_PLAN_INELIGIBLE' }] });
      ids.push(onboarding.id);
    }
    await operate('PUT', `/${agency.id}/plan`, { ...plan, clientLimit: 2, overageClients: 0 });
    for (const id of ids) await agency.onboardingIn('waiting_for_project', id);
  });

  test('of a direct account is refused with AGENCY_ACCOUNT_REQUIRED', async () => {
    const direct = await newDirectAccount(database);
    expect(await operate('PUT', `/${direct.id}/plan`, plan)).toMatchObject(refusal('AGENCY_ACCOUNT_REQUIRED'));
  });

  test('of an account that is not there is refused with NOT_FOUND', async () => {
    expect(await operate('PUT', `/${newAgencyId()}/plan`, plan)).toMatchObject(refusal('NOT_FOUND'));
  });
});

/** Answers are text; this is where the test says which record's id it is. */
function accountIdOf(id: string) {
  return id as AccountId;
}
