import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { type Connection, connectCrm, crmEvent, deliver, type Message } from '../harness/crm.ts';
import { openPerson } from '../harness/person.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import { events } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

/** Delivers a message that is to be taken, and returns the id of the onboarding it answers. */
async function taken(connection: Connection, message: Message): Promise<string> {
  const answer = await deliver(api, connection, message);
  expect(answer).toMatchObject({ status: 202 });
  return answer.as(answers.taken).onboardingId;
}

async function clientsOf(agency: Tenant) {
  return (await agency.get('/clients')).as(answers.clients).items;
}

/** An agency with a connection and the client of one won deal, active and waiting for a project. */
async function wonDeal(data: Partial<Parameters<typeof crmEvent>[0]> = {}) {
  const agency = await newTenant(api);
  const connection = await connectCrm(agency);
  const message = { event: crmEvent({ externalReference: 'HS-1', name: 'Acme', ...data }), id: 'msg_1' };
  const onboardingId = await taken(connection, message);
  await agency.onboardingIn('waiting_for_project', onboardingId);
  return { agency, connection, message, onboardingId };
}

/** Archives the client, long enough ago, and erases it. */
async function eraseArchived(agency: Tenant, clientId: string, confirmName: string): Promise<void> {
  await agency.post(`/clients/${clientId}/archive`);
  const longAgo = { archived_at: new Date(Date.now() - 31 * 86_400_000) };
  await database.admin
    .updateTable('clients')
    .set(longAgo)
    .where('agency_id', '=', agency.id)
    .where('id', '=', clientId as never)
    .execute();
  const owner = await openPerson(api, agency.id, { role: 'owner' });
  expect(await owner.post(`/v1/agencies/${agency.id}/clients/${clientId}/erase`, { confirmName })).toMatchObject({ status: 200 });
}

describe('a won deal', () => {
  test('onboards its client with no one typing', async () => {
    const { agency, onboardingId } = await wonDeal({ contactEmail: 'ops@acme.example', notes: 'from the CRM' });
    const onboarding = (await agency.get(`/onboardings/${onboardingId}`)).as(answers.onboarding);
    expect(onboarding.source).toBe('crm');
    expect(await clientsOf(agency)).toMatchObject([
      { name: 'Acme', contactEmail: 'ops@acme.example', externalReference: 'HS-1', notes: 'from the CRM', state: 'active' },
    ]);
    expect(await events(database, agency.id, 'client.created')).toMatchObject([{ actor: { kind: 'crm', label: 'standard' } }]);
  });

  test('delivered many times, also at once, is one onboarding and one answer', async () => {
    const { agency, connection, message, onboardingId } = await wonDeal();
    const again = await Promise.all(Array.from({ length: 10 }, () => taken(connection, message)));
    expect(new Set([onboardingId, ...again]).size).toBe(1);
    expect((await agency.get('/onboardings')).as(answers.onboardings).items).toHaveLength(1);
    expect(await clientsOf(agency)).toMatchObject([{ version: 2 }]);
  });

  test('told by ten messages at once is one onboarding', async () => {
    const agency = await newTenant(api);
    const connection = await connectCrm(agency);
    const ids = await Promise.all(Array.from({ length: 10 }, () => taken(connection, { event: crmEvent({ externalReference: 'HS-1', name: 'Acme' }) })));
    expect(new Set(ids).size).toBe(1);
    await agency.onboardingIn('waiting_for_project', ids[0] ?? '');
    expect((await agency.get('/onboardings')).as(answers.onboardings).items).toHaveLength(1);
  });

  test('told again by another message brings the client up to date and starts nothing new', async () => {
    const { agency, connection, onboardingId } = await wonDeal({ notes: 'first' });
    expect(await taken(connection, { event: crmEvent({ externalReference: 'HS-1', name: 'Acme GmbH', contactEmail: 'new@acme.example' }) })).toBe(onboardingId);
    await until('the client is up to date', async () => (await clientsOf(agency))[0]?.name === 'Acme GmbH');
    expect(await clientsOf(agency)).toMatchObject([{ name: 'Acme GmbH', contactEmail: 'new@acme.example', notes: 'first', version: 3 }]);
    expect((await agency.get('/onboardings')).as(answers.onboardings).items).toHaveLength(1);
  });

  test('of a client that was onboarded by hand answers with that onboarding', async () => {
    const agency = await newTenant(api);
    const connection = await connectCrm(agency);
    const { onboarding } = (await agency.post('/clients', { name: 'Acme', externalReference: 'HS-1' })).as(answers.onboarded);
    expect(await taken(connection, { event: crmEvent({ externalReference: 'HS-1', name: 'Acme GmbH' }) })).toBe(onboarding.id);
    await until('the client is up to date', async () => (await clientsOf(agency))[0]?.name === 'Acme GmbH');
  });

  test('waits at the limit, rather than being lost', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const onboardingId = await taken(await connectCrm(agency), { event: crmEvent({ externalReference: 'HS-1' }) });
    expect((await agency.onboardingIn('waiting_for_allowance', onboardingId)).blockers).toMatchObject([{ code: 'CLIENT_LIMIT_REACHED' }]);
  });

  test('of a client that was erased since makes another client, and until then a change is of nobody', async () => {
    const { agency, connection, message, onboardingId } = await wonDeal();
    const [client] = await clientsOf(agency);
    const projectId = await openProject(database, agency.id);
    await makeReady(database, { agencyId: agency.id, projectId });
    await agency.put(`/projects/${projectId}/client`, { clientId: client?.id });
    await agency.onboardingIn('ready_to_share', onboardingId);
    await eraseArchived(agency, client?.id ?? '', 'Acme');

    const change = crmEvent({ externalReference: 'HS-1', name: 'Acme' }, { type: 'client.updated' });
    expect((await deliver(api, connection, { event: change })).body).toEqual({ ignored: expect.stringContaining('no client') });
    const another = await taken(connection, { event: crmEvent({ externalReference: 'HS-1', name: 'Acme' }) });
    expect(another).not.toBe(onboardingId);
    await agency.onboardingIn('waiting_for_project', another);
    expect(await clientsOf(agency)).toMatchObject([{ name: 'Acme', externalReference: 'HS-1', state: 'active' }]);
    expect(await taken(connection, message)).toBe(onboardingId);
  });

  test('after one that ended badly starts another, while its old message still answers the old one', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const connection = await connectCrm(agency);
    const old = { event: crmEvent({ externalReference: 'HS-1', name: 'Acme' }), id: 'msg_old' };
    const first = await taken(connection, old);
    await agency.onboardingIn('waiting_for_allowance', first);
    await agency.post(`/onboardings/${first}/cancel`);

    const second = await taken(connection, { event: crmEvent({ externalReference: 'HS-1', name: 'Acme' }) });
    expect(second).not.toBe(first);
    await agency.onboardingIn('waiting_for_allowance', second);
    expect(await taken(connection, old)).toBe(first);
    expect(await taken(connection, { event: crmEvent({ externalReference: 'HS-1', name: 'Acme' }) })).toBe(second);
    await agency.onboardingIn('cancelled', first);
  });

  test.each([
    ['exactly one unassigned project of its domain takes it', 1, 'waiting_for_status'],
    ['no project of its domain waits for one', 0, 'waiting_for_project'],
    ['several of its domain waits until somebody chooses', 2, 'waiting_for_project'],
  ] as const)('with %s', async (_, count, state) => {
    const agency = await newTenant(api);
    const projects: string[] = [];
    for (let made = 0; made < count; made++) projects.push(await openProject(database, agency.id, { domain: 'acme.example' }));
    await openProject(database, agency.id, { domain: 'other.example' });
    const onboardingId = await taken(await connectCrm(agency), { event: crmEvent({ externalReference: 'HS-1', domain: 'ACME.example' }) });
    await agency.onboardingIn(state, onboardingId);
    const assigned = (await agency.get('/projects?assigned=true')).as(answers.projects).items;
    expect(assigned.map(({ id }) => id)).toEqual(count === 1 ? projects : []);
  });

  test("never takes another client's project, nor another agency's, of its domain", async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const { client } = (await agency.post('/clients', { name: 'Holder' })).as(answers.onboarded);
    await agency.post('/projects', { name: 'Site', domain: 'acme.example', clientId: client.id });
    await openProject(database, other.id, { domain: 'acme.example' });
    const onboardingId = await taken(await connectCrm(agency), { event: crmEvent({ externalReference: 'HS-1', domain: 'acme.example' }) });
    await agency.onboardingIn('waiting_for_project', onboardingId);
    expect((await other.get('/projects?assigned=true')).as(answers.projects).items).toEqual([]);
  });

  test('goes on by itself when the project of its domain is made', async () => {
    const { agency, onboardingId } = await wonDeal({ domain: 'acme.example' });
    await agency.post('/projects', { name: 'Site', domain: 'acme.example' });
    await agency.onboardingIn('waiting_for_status', onboardingId);
  });
});

describe('a change of a client', () => {
  const updated = (data: Parameters<typeof crmEvent>[0], timestamp = new Date().toISOString()) => crmEvent(data, { type: 'client.updated', timestamp });

  test("is applied, and answers with the client's onboarding", async () => {
    const { agency, connection, onboardingId } = await wonDeal();
    expect(await taken(connection, { event: updated({ externalReference: 'HS-1', name: 'Acme AG', notes: 'changed' }) })).toBe(onboardingId);
    await until('the client is up to date', async () => (await clientsOf(agency))[0]?.name === 'Acme AG');
    expect(await events(database, agency.id, 'client.updated')).toMatchObject([
      { actor: { kind: 'crm' }, before: { name: 'Acme', notes: null }, after: { name: 'Acme AG', notes: 'changed' } },
    ]);
  });

  test('that comes late never overwrites a newer one', async () => {
    const { agency, connection } = await wonDeal();
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    await taken(connection, { event: updated({ externalReference: 'HS-1', name: 'Newest' }, inMinutes(2)) });
    await until('the newest is applied', async () => (await clientsOf(agency))[0]?.name === 'Newest');
    await taken(connection, { event: updated({ externalReference: 'HS-1', name: 'Late' }, inMinutes(1)), id: 'msg_late' });
    await taken(connection, { event: updated({ externalReference: 'HS-1', name: 'Later still' }, inMinutes(3)) });
    await until('the one behind it is applied', async () => (await clientsOf(agency))[0]?.name === 'Later still');
    const names = (await events(database, agency.id, 'client.updated')).map(({ after }) => after?.['name']);
    expect(names).toEqual(['Newest', 'Later still']);
  });

  test('of a client that nobody knows is taken and ignored', async () => {
    const agency = await newTenant(api);
    const answer = await deliver(api, await connectCrm(agency), { event: updated({ externalReference: 'HS-404' }) });
    expect(answer).toMatchObject({ status: 202, body: { ignored: 'no client has this external reference' } });
    expect(await clientsOf(agency)).toEqual([]);
  });
});

describe('the tenant', () => {
  test('follows from the connection, never from the body', async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const event = {
      ...crmEvent({ externalReference: 'HS-1', name: 'Acme' }),
      agencyId: other.id,
      data: { externalReference: 'HS-1', name: 'Acme', agencyId: other.id },
    };
    await agency.onboardingIn('waiting_for_project', await taken(await connectCrm(agency), { event }));
    expect(await clientsOf(agency)).toHaveLength(1);
    expect(await clientsOf(other)).toEqual([]);
  });

  test('has references and message ids of its own', async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const message = { event: crmEvent({ externalReference: 'HS-1', name: 'Acme' }), id: 'msg_1' };
    const ids = [await taken(await connectCrm(agency), message), await taken(await connectCrm(other), message)];
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a message', () => {
  test('of a type that Foyer has no use for is taken and ignored', async () => {
    const agency = await newTenant(api);
    const connection = await connectCrm(agency);
    for (const event of [{ type: 'deal.lost' }, { type: 'contact.created', data: { anything: true } }]) {
      expect(await deliver(api, connection, { event })).toMatchObject({ status: 202, body: { ignored: expect.any(String) } });
    }
    expect(await clientsOf(agency)).toEqual([]);
  });

  test('with the id of another message is refused with IDEMPOTENCY_KEY_REUSED', async () => {
    const { agency, connection } = await wonDeal();
    expect(await deliver(api, connection, { event: crmEvent({ externalReference: 'HS-2' }), id: 'msg_1' })).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
    expect(await clientsOf(agency)).toHaveLength(1);
  });
});
