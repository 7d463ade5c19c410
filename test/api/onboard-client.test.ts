import { describe, expect, test } from 'vitest';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { newProjectId } from '../harness/ids.ts';
import { gates, makeReady, openProject } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { slots } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

describe('onboarding a client', () => {
  test('answers 201 with the active client, its onboarding, an ETag and where the onboarding stands', async () => {
    const agency = await newTenant(api);
    const answer = await agency.post('/clients', { name: 'Acme GmbH', contactEmail: 'ops@acme.example', externalReference: 'HS-1', notes: 'internal' });
    expect(answer).toMatchObject({ status: 201 });
    const { client, onboarding } = answer.as(answers.onboarded);
    expect(client).toMatchObject({ name: 'Acme GmbH', contactEmail: 'ops@acme.example', externalReference: 'HS-1', notes: 'internal', state: 'active' });
    expect(client.onboarding?.id).toBe(onboarding.id);
    expect(onboarding).toMatchObject({ source: 'api', clientId: client.id, workflowId: `onboard-client/${agency.id}/${onboarding.id}` });
    expect(onboarding.steps.slice(0, 2)).toMatchObject([
      { name: 'create_account', state: 'done', attempts: 1 },
      { name: 'check_allowance', state: 'done', attempts: 1 },
    ]);
    expect(answer.headers.get('etag')).toBe(`"${client.version}"`);
    expect(answer.headers.get('location')).toBe(`/v1/agencies/${agency.id}/onboardings/${onboarding.id}`);
    const read = await agency.get(`/clients/${client.id}`);
    expect(read.as(answers.client)).toMatchObject({ id: client.id, version: client.version, createdAt: client.createdAt });
    expect(read.headers.get('etag')).toBe(answer.headers.get('etag'));
  });

  test('trims the name and takes blank fields as absent', async () => {
    const agency = await newTenant(api);
    const answer = await agency.post('/clients', { name: '  Birch Ltd ', contactEmail: ' ', externalReference: '', notes: '  ' });
    expect(answer.as(answers.onboarded).client).toMatchObject({ name: 'Birch Ltd', contactEmail: null, externalReference: null, notes: null });
  });

  test('without a project waits for one, and says what would end the wait', async () => {
    const agency = await newTenant(api);
    const { onboarding } = (await agency.post('/clients', { name: 'Cedar' })).as(answers.onboarded);
    const waiting = await agency.onboardingIn('waiting_for_project', onboarding.id);
    expect(waiting.blockers).toEqual([{ code: 'NO_PROJECT_YET', message: expect.any(String), nextAction: { label: expect.any(String), path: '/projects' } }]);
  });

  test('with an unassigned project puts it under the client and waits for its status', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const { client, onboarding } = (await agency.post('/clients', { name: 'Dune', projectId })).as(answers.onboarded);
    const waiting = await agency.onboardingIn('waiting_for_status', onboarding.id);
    expect(waiting.blockers.map(({ code }) => code)).toEqual(['SCAN_NOT_COMPLETED', 'REPORT_NOT_READY']);
    expect((await agency.get(`/projects/${projectId}`)).as(answers.project).clientId).toBe(client.id);
    expect((await agency.get(`/clients/${client.id}`)).as(answers.client)).toMatchObject({ projectCount: 1, onboarding: { state: 'waiting_for_status' } });
  });

  test('with a ready project ends as ready to share, with no hands', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    await makeReady(database, { agencyId: agency.id, projectId });
    const { onboarding } = (await agency.post('/clients', { name: 'Elm', projectId })).as(answers.onboarded);
    const done = await agency.onboardingIn('ready_to_share', onboarding.id);
    expect(done.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    expect(done.blockers).toEqual([]);
  });

  test('goes from a request to ready to share as badges and report come in', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const { onboarding } = (await agency.post('/clients', { name: 'Fir', projectId })).as(answers.onboarded);
    await agency.onboardingIn('waiting_for_status', onboarding.id);
    const at = new Date().toISOString();
    expect(await agency.put(`/projects/${projectId}/badges/scan`, { value: 'completed', at })).toMatchObject({ status: 200 });
    const report = { title: 'Risk report', domain: 'fir.example', riskScore: 10, pagesScanned: 3, findings: [], gates: gates(), at };
    expect(await agency.put(`/projects/${projectId}/report`, report)).toMatchObject({ status: 200 });
    await agency.onboardingIn('ready_to_share', onboarding.id);
  });
});

describe('refuses to onboard', () => {
  test.each(['past_due', 'cancelled'] as const)('on a plan that is %s, with AGENCY_PLAN_INELIGIBLE', async (state) => {
    const agency = await newTenant(api, { state });
    expect(await agency.post('/clients', { name: 'Acme' })).toMatchObject(refusal('AGENCY_PLAN_INELIGIBLE'));
    expect(await slots(database, agency.id)).toEqual({ used: 0, active: 0 });
  });

  test('after the end of a scheduled cancellation, and not before', async () => {
    const hour = 3_600_000;
    const ended = await newTenant(api, { state: 'cancellation_scheduled', periodEnd: new Date(Date.now() - hour) });
    const running = await newTenant(api, { state: 'cancellation_scheduled', periodEnd: new Date(Date.now() + hour) });
    expect(await ended.post('/clients', { name: 'Acme' })).toMatchObject(refusal('AGENCY_PLAN_INELIGIBLE'));
    expect(await running.post('/clients', { name: 'Acme' })).toMatchObject({ status: 201 });
  });

  test('the client above the limit, with CLIENT_LIMIT_REACHED, and leaves no client behind', async () => {
    const agency = await newTenant(api, { clientLimit: 1, overageClients: 1 });
    for (const name of ['First', 'Second']) expect(await agency.post('/clients', { name })).toMatchObject({ status: 201 });
    const refused = await agency.post('/clients', { name: 'Third', externalReference: 'HS-3' });
    expect(refused).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
    expect(refused.as(answers.problem).detail).toContain('2 of 2');
    const { items } = (await agency.get('/clients')).as(answers.clients);
    expect(items.map(({ name }) => name)).toEqual(['Second', 'First']);
    expect(await slots(database, agency.id)).toEqual({ used: 2, active: 2 });
    const [onboarding] = (await agency.get('/onboardings?state=refused')).as(answers.onboardings).items;
    expect(onboarding?.steps.map(({ state }) => state)).toEqual(['undone', 'refused', 'skipped', 'skipped']);
    expect(onboarding?.blockers).toMatchObject([{ code: 'CLIENT_LIMIT_REACHED' }]);
  });

  test('a name that another client has in whatever letters, with CLIENT_NAME_TAKEN', async () => {
    const agency = await newTenant(api);
    await agency.post('/clients', { name: 'Straße & Söhne' });
    expect(await agency.post('/clients', { name: ' STRASSE & SÖHNE ' })).toMatchObject(refusal('CLIENT_NAME_TAKEN'));
  });

  test('an external reference that another client has, with EXTERNAL_REFERENCE_TAKEN', async () => {
    const agency = await newTenant(api);
    await agency.post('/clients', { name: 'Acme', externalReference: 'HS-1' });
    expect(await agency.post('/clients', { name: 'Other', externalReference: 'HS-1' })).toMatchObject(refusal('EXTERNAL_REFERENCE_TAKEN'));
  });

  test("another client's project, with PROJECT_ALREADY_ASSIGNED", async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    await agency.post('/clients', { name: 'Acme', projectId });
    await agency.onboardingIn('waiting_for_status', (await agency.get('/onboardings')).as(answers.onboardings).items[0]?.id ?? '');
    expect(await agency.post('/clients', { name: 'Other', projectId })).toMatchObject(refusal('PROJECT_ALREADY_ASSIGNED'));
    expect((await agency.get('/clients')).as(answers.clients).items).toHaveLength(1);
  });

  test('a project of another agency just as one that is not there, with PROJECT_BELONGS_TO_ANOTHER_AGENCY', async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const foreign = await openProject(database, other.id);
    const refused = await agency.post('/clients', { name: 'Acme', projectId: foreign });
    const unknown = await agency.post('/clients', { name: 'Acme', projectId: newProjectId() });
    expect(refused).toMatchObject(refusal('PROJECT_BELONGS_TO_ANOTHER_AGENCY'));
    expect(withoutRequestId(refused)).toBe(withoutRequestId(unknown));
    expect(await slots(database, agency.id)).toEqual({ used: 0, active: 0 });
  });

  test("and the same name, reference and project are another agency's to use", async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    for (const { post } of [agency, other]) expect(await post('/clients', { name: 'Acme', externalReference: 'HS-1' })).toMatchObject({ status: 201 });
  });
});

describe('with onLimit "wait"', () => {
  test('answers 202 waiting for an allowance, with the blocker, and holds no slot', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const answer = await agency.post('/clients', { name: 'Patient', onLimit: 'wait' });
    expect(answer).toMatchObject({ status: 202 });
    const { onboarding } = answer.as(answers.accepted);
    expect(onboarding).toMatchObject({ state: 'waiting_for_allowance', blockers: [{ code: 'CLIENT_LIMIT_REACHED' }] });
    expect(onboarding.blockers[0]?.nextAction.label).toBeTruthy();
    expect(answer.headers.get('location')).toBe(`/v1/agencies/${agency.id}/onboardings/${onboarding.id}`);
    expect((await agency.get('/clients')).as(answers.clients).items).toMatchObject([{ name: 'Patient', state: 'pending' }]);
    expect(await slots(database, agency.id)).toEqual({ used: 0, active: 0 });
  });

  test('goes on when the plan grows', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const { onboarding } = (await agency.post('/clients', { name: 'Patient', onLimit: 'wait' })).as(answers.accepted);
    const plan = { state: 'active', clientLimit: 1, scansPerPeriod: 1, monitoredProjects: 1, whiteLabel: false, overageClients: 0 };
    await api.send({ method: 'PUT', path: `/v1/operator/accounts/${agency.id}/plan`, key: api.operatorKey, body: plan });
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
  });

  test('goes on when a slot is freed', async () => {
    const agency = await newTenant(api, { clientLimit: 1 });
    const first = (await agency.post('/clients', { name: 'First' })).as(answers.onboarded);
    const { onboarding } = (await agency.post('/clients', { name: 'Patient', onLimit: 'wait' })).as(answers.accepted);
    expect(await agency.post(`/onboardings/${first.onboarding.id}/cancel`)).toMatchObject({ status: 200 });
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
  });

  test('still refuses what waiting cannot cure', async () => {
    const agency = await newTenant(api);
    await agency.post('/clients', { name: 'Acme' });
    expect(await agency.post('/clients', { name: 'Acme', onLimit: 'wait' })).toMatchObject(refusal('CLIENT_NAME_TAKEN'));
  });
});
