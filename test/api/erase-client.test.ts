import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { verifyHistory } from '../../db/verify-history.ts';
import { recheckSignal, shareReportWorkflowId } from '../../workflows/contract.ts';
import { changePlan } from '../harness/agency.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient, archivedLongAgo } from '../harness/client.ts';
import { svgLogo } from '../harness/logo.ts';
import { openPerson } from '../harness/person.ts';
import { readyProject, shareProject, statuses } from '../harness/shared-project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import { clientRow, events } from '../harness/written.ts';

const api = await testApi();
const { database, temporal } = api;

const secrets = { name: 'Zebedee Quux Ltd', contactEmail: 'zebedee@quux.example', externalReference: 'deal-zq-1', notes: 'Zebedee prefers the telephone' };

/** An agency with its owner, and a client that was onboarded, edited, given a brand and archived long ago. */
async function archivedClient() {
  const agency = await newTenant(api, { whiteLabel: true });
  const owner = await openPerson(api, agency.id, { role: 'owner' });
  const key = { 'idempotency-key': 'the-deal' };
  const { client, onboarding } = (await agency.post('/clients', secrets, key)).as(answers.onboarded);
  await agency.onboardingIn('waiting_for_project', onboarding.id);
  await importMore(agency);
  await agency.patch(`/clients/${client.id}`, { notes: `${secrets.notes}!` }, { 'if-match': '*' });
  await agency.put(`/clients/${client.id}/brand`, { reportBrand: 'Zebedee by Northwind' });
  const logo = { bytes: svgLogo(), headers: { 'content-type': 'image/svg+xml' } };
  await api.send({ method: 'PUT', path: `/v1/agencies/${agency.id}/clients/${client.id}/brand/logo`, key: agency.key, ...logo });
  await agency.post(`/clients/${client.id}/archive`);
  await agency.onboardingIn('cancelled', onboarding.id);
  await longAgo(agency, client.id);
  return { agency, owner, key, clientId: client.id, onboarding, erase: (confirmName = secrets.name) => eraseAs(owner, agency, client.id, confirmName) };
}

/** A file that names the client twice, in other spellings: its rows are left out, and kept for whoever corrects them. */
async function importMore(agency: Tenant): Promise<void> {
  const { id } = (await agency.post('/imports', { rows: [{ name: 'ZEBEDEE QUUX' }, { name: 'Zebedee-Quux', notes: 'the same' }] })).as(answers.takenImport);
  await until('the import is through', async () => (await agency.get(`/imports/${id}`)).as(answers.import).duplicates === 2);
}

const eraseAs = (person: Awaited<ReturnType<typeof openPerson>>, agency: Tenant, clientId: string, confirmName: string) =>
  person.post(`/v1/agencies/${agency.id}/clients/${clientId}/erase`, { confirmName });

async function longAgo({ id }: Tenant, clientId: string): Promise<void> {
  const change = { archived_at: new Date(Date.now() - 31 * 86_400_000) };
  await database.admin
    .updateTable('clients')
    .set(change)
    .where('agency_id', '=', id)
    .where('id', '=', clientId as never)
    .execute();
}

const logosOf = ({ id }: Tenant) => database.admin.selectFrom('logos').select('hash').where('agency_id', '=', id).execute();

/** The answers that are kept for the agency's idempotency keys, as the API gives them again. */
async function keptAnswers({ id }: Tenant): Promise<string[]> {
  const kept = await database.admin.selectFrom('idempotency_keys').select('answer').where('agency_id', '=', id).execute();
  return kept.flatMap(({ answer }) => (answer?.length ? [api.secrets.open(answer)] : []));
}

/** Every row of every table that holds one of the texts, as `table: row`. */
async function rowsWith(...texts: string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema in ('foyer')`.execute(
    database.admin,
  );
  const found = tables.map(async ({ name }) => {
    const { rows } = await sql<{ row: string }>`select row::text as row from ${sql.table(`foyer.${name}`)} as row`.execute(database.admin);
    return rows.filter(({ row }) => texts.some((text) => row.toLowerCase().includes(text.toLowerCase()))).map(({ row }) => `${name}: ${row}`);
  });
  return (await Promise.all(found)).flat();
}

describe('an archived client is erased', () => {
  test('by an owner who types its name: nothing personal is left in any table, and the history still holds together', async () => {
    const { agency, clientId, erase } = await archivedClient();
    expect((await rowsWith('zebedee', 'deal-zq')).length).toBeGreaterThan(0);
    expect(await logosOf(agency)).toHaveLength(1);
    expect(await erase()).toMatchObject({ status: 200, body: { clientId, state: 'erased' } });

    expect(await rowsWith('zebedee', 'quux', 'deal-zq')).toEqual([]);
    expect(await logosOf(agency)).toEqual([]);
    expect(await agency.get(`/clients/${clientId}`)).toMatchObject(refusal('NOT_FOUND'));
    expect((await agency.get('/clients')).as(answers.clients).items).toEqual([]);
    const history = await events(database, agency.id);
    expect(history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['client.created', 'client.updated', 'client.archived', 'client.erased']));
    expect(history.find(({ kind }) => kind === 'client.erased')).toMatchObject({ client_id: clientId, actor: { kind: 'user' } });
    for await (const { accountId, finding } of verifyHistory(database.urls.admin)) if (accountId === agency.id) expect(finding).toBeNull();
  });

  test('and so is what Temporal held of it', async () => {
    const { clientId, onboarding, erase } = await archivedClient();
    const about = async () => (await Array.fromAsync(temporal.workflow.list({ query: `FoyerClient = '${clientId}'` }))).map(({ type }) => type);
    await until('they are visible', async () => (await about()).includes('editClient'));
    await erase();
    // Temporal deletes behind the scenes.
    const gone = () =>
      temporal.workflow
        .getHandle(onboarding.workflowId)
        .fetchHistory()
        .then(
          () => false,
          () => true,
        );
    await until('its history is gone', gone);
    await until('only its own is left', async () => (await about()).join() === 'eraseClient');
    const [own] = await Array.fromAsync(temporal.workflow.list({ query: `FoyerClient = '${clientId}'` }));
    const history = await temporal.workflow.getHandle(own?.workflowId ?? '').fetchHistory();
    const told = JSON.stringify(history, (key, value) => (key === 'data' ? Buffer.from(String(value), 'base64').toString('utf8') : value));
    expect(told).toContain(clientId);
    expect(told).not.toContain('Zebedee');
  });

  test('and every run of it, those behind a reset as well', async () => {
    const { agency, clientId, onboarding, erase } = await archivedClient();
    const { workflowId } = onboarding;
    const [{ runId }, history] = await Promise.all([
      temporal.workflow.getHandle(workflowId).describe(),
      temporal.workflow.getHandle(workflowId).fetchHistory(),
    ]);
    const firstTask = history.events?.find((event) => event.workflowTaskCompletedEventAttributes);
    await temporal.workflowService.resetWorkflowExecution({
      namespace: temporal.options.namespace,
      workflowExecution: { workflowId, runId },
      workflowTaskFinishEventId: firstTask?.eventId ?? null,
      requestId: randomUUID(),
      reason: 'operations did so once',
    });
    await agency.onboardingIn('cancelled', onboarding.id);
    const runs = async () => (await Array.fromAsync(temporal.workflow.list({ query: `FoyerClient = '${clientId}' and WorkflowId = '${workflowId}'` }))).length;
    await until('both runs are visible', async () => (await runs()) === 2);
    await erase();
    await until('no run is left', async () => (await runs()) === 0);
    await expect(temporal.workflow.getHandle(workflowId, runId).fetchHistory()).rejects.toThrow();
  });

  test('and what another client has by now goes on', async () => {
    const project = await readyProject(api);
    const { tenant, projectId, clientId } = project;
    const { clientId: heir } = await activeClient(database, tenant.id);
    await shareProject(project);
    const workflowId = shareReportWorkflowId(tenant.id, projectId);
    const { runId } = await temporal.workflow.getHandle(workflowId).describe();
    await tenant.put(`/projects/${projectId}/client`, { clientId: heir });
    // One that has not noticed yet that it is over would take the next command, and be the heir's from then on.
    await temporal.workflow.getHandle(workflowId, runId).result();
    const links = await shareProject(project);
    const owner = await openPerson(api, tenant.id, { role: 'owner' });
    const { name } = (await tenant.get(`/clients/${clientId}`)).as(answers.client);
    await tenant.post(`/clients/${clientId}/archive`);
    await longAgo(tenant, clientId);
    const about = async () => (await Array.fromAsync(temporal.workflow.list({ query: `FoyerClient = '${clientId}'` }))).map(({ type }) => type);
    await until('the first sharing is visible, and the archiving', async () => {
      const visible = await about();
      return visible.includes('shareReport') && visible.includes('archiveClient');
    });
    expect(await eraseAs(owner, tenant, clientId, name)).toMatchObject({ status: 200 });
    await until('its own is gone', async () => (await about()).join() === 'eraseClient');
    expect((await temporal.workflow.getHandle(workflowId).describe()).status.name).toBe('RUNNING');
    expect(await statuses(api, links)).toEqual([200, 200, 200, 200]);
  });

  test('and the request that made it makes no other one', async () => {
    const { agency, key, erase } = await archivedClient();
    await erase();
    const again = await agency.post('/clients', secrets, key);
    expect(again).toMatchObject({ status: 404, body: { code: 'NOT_FOUND', detail: expect.stringContaining('erased') } });
    expect((await agency.get('/clients')).as(answers.clients).items).toEqual([]);
    // Its name and its reference are free for a new one.
    expect((await agency.post('/clients', secrets)).status).toBe(201);
  });

  test('and no answer that was kept tells of it: neither that it waits for a slot, nor that it leaves', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const owner = await openPerson(api, agency.id, { role: 'owner' });
    const ask = () => agency.post('/clients', { ...secrets, onLimit: 'wait' }, { 'idempotency-key': 'the-deal' });
    const { onboarding } = (await ask()).as(answers.accepted);
    const clientId = onboarding.clientId ?? '';
    await changePlan(database, agency.id, { clientLimit: 1 });
    await temporal.workflow.getHandle(onboarding.workflowId).signal(recheckSignal, { because: 'the plan changed' });
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    const leaving = { on: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10), message: 'Farewell, Zebedee' };
    expect(await agency.post(`/clients/${clientId}/offboard`, leaving, { 'idempotency-key': 'the-end' })).toMatchObject({ status: 201 });
    expect((await keptAnswers(agency)).filter((text) => text.includes('Zebedee'))).toHaveLength(2);

    await agency.post(`/clients/${clientId}/archive`);
    await longAgo(agency, clientId);
    expect(await eraseAs(owner, agency, clientId, secrets.name)).toMatchObject({ status: 200 });
    expect((await keptAnswers(agency)).filter((text) => text.includes('Zebedee'))).toEqual([]);
    expect(await ask()).toMatchObject({ status: 404, body: { code: 'NOT_FOUND', detail: expect.stringContaining('erased') } });
  });

  test('once, and is gone for every command', async () => {
    const { agency, clientId, erase } = await archivedClient();
    await erase();
    expect(await erase()).toMatchObject(refusal('NOT_FOUND'));
    expect(await agency.post(`/clients/${clientId}/restore`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await agency.patch(`/clients/${clientId}`, { notes: 'x' }, { 'if-match': '*' })).toMatchObject(refusal('NOT_FOUND'));
    expect(await events(database, agency.id, 'client.erased')).toHaveLength(1);
  });
});

describe('a client that is taken back before it was active is erased at once', () => {
  const pending = { name: 'Yolanda Xerxes Ltd', contactEmail: 'yolanda@xerxes.example', externalReference: 'deal-yx-1', notes: 'Yolanda prefers letters' };

  test('with its onboarding: nothing personal is left in any table, nor in a kept answer, and its request makes no other one', async () => {
    const agency = await newTenant(api, { clientLimit: 0, whiteLabel: true });
    const ask = () => agency.post('/clients', { ...pending, onLimit: 'wait' }, { 'idempotency-key': 'the-deal' });
    const { onboarding } = (await ask()).as(answers.accepted);
    await agency.patch(`/clients/${onboarding.clientId}`, { notes: `${pending.notes}!`, contactEmail: 'zz@xerxes.example' }, { 'if-match': '*' });
    const logo = { bytes: svgLogo(), headers: { 'content-type': 'image/svg+xml' } };
    await api.send({ method: 'PUT', path: `/v1/agencies/${agency.id}/clients/${onboarding.clientId}/brand/logo`, key: agency.key, ...logo });
    expect((await rowsWith('yolanda', 'xerxes')).length).toBeGreaterThan(0);
    expect(await logosOf(agency)).toHaveLength(1);

    expect(await agency.post(`/onboardings/${onboarding.id}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(await rowsWith('yolanda', 'xerxes', 'deal-yx')).toEqual([]);
    expect(await logosOf(agency)).toEqual([]);
    expect(await keptAnswers(agency)).toEqual([]);
    expect(await ask()).toMatchObject({ status: 404, body: { code: 'NOT_FOUND', detail: expect.stringContaining('erased') } });
    expect((await agency.get('/onboardings')).as(answers.onboardings).items).toMatchObject([{ id: onboarding.id, state: 'cancelled' }]);
    for await (const { accountId, finding } of verifyHistory(database.urls.admin)) if (accountId === agency.id) expect(finding).toBeNull();
  });

  test('when it is refused for want of a slot, and the same request is refused as before', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const ask = () => agency.post('/clients', pending, { 'idempotency-key': 'the-deal' });
    const first = await ask();
    expect(first).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
    expect(await rowsWith('yolanda', 'xerxes', 'deal-yx')).toEqual([]);
    expect(await ask()).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
  });
});

describe('erasing is refused', () => {
  test.each(['', 'zebedee quux ltd', 'Zebedee Quux', 'Zebedee Quux Ltd.'])('for the wrong name: "%s"', async (confirmName) => {
    const { agency, clientId, erase } = await archivedClient();
    const answer = await erase(confirmName);
    expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/confirmName' }] });
    expect(await clientRow(database, agency.id, clientId as never)).toMatchObject({ name: secrets.name, erased_at: null });
  });

  test('before the client is archived, and before its retention has passed', async () => {
    const agency = await newTenant(api);
    const owner = await openPerson(api, agency.id, { role: 'owner' });
    const { client } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
    const active = await eraseAs(owner, agency, client.id, 'Acme');
    expect(active).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(active.body).toMatchObject({ errors: [{ pointer: '/path/clientId', message: expect.stringContaining('archive') }] });
    await agency.post(`/clients/${client.id}/archive`);
    const fresh = await eraseAs(owner, agency, client.id, 'Acme');
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    expect(fresh.body).toMatchObject({ errors: [{ pointer: '/path/clientId', message: expect.stringContaining(until) }] });
    expect(await clientRow(database, agency.id, client.id as never)).toMatchObject({ name: 'Acme', erased_at: null });
  });

  test('to everybody but an owner', async () => {
    const agency = await newTenant(api);
    const { clientId, name } = await archivedLongAgo(database, agency.id);
    expect(await agency.post(`/clients/${clientId}/erase`, { confirmName: name })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    for (const role of ['admin', 'viewer'] as const) {
      expect(await eraseAs(await openPerson(api, agency.id, { role }), agency, clientId, name)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    }
  });
});
