import { describe, expect, test } from 'vitest';
import { deliverReport } from '../../activities/deliver-report.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { changePlan } from '../harness/agency.ts';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newClientId, newProjectId } from '../harness/ids.ts';
import { gates, makeReady, openProject, reportInput, setBadge, share } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

/** Later than what was just delivered. */
const soon = () => new Date(Date.now() + 1_000).toISOString();

const untouched = { value: expect.any(String), reason: null, at: null };

describe('creating a project', () => {
  test('answers 201 with the project, unassigned, its badges at their beginning and not ready', async () => {
    const agency = await newTenant(api);
    const answer = await agency.post('/projects', { name: ' Acme website ', domain: ' Acme.Example ' });
    expect(answer).toMatchObject({ status: 201 });
    const project = answer.as(answers.project);
    expect(project).toMatchObject({ name: 'Acme website', domain: 'acme.example', clientId: null, sharing: { state: 'private', views: 0 } });
    expect(project.badges).toEqual({ scan: untouched, report: untouched, fix: untouched, handoff: untouched, monitoring: untouched });
    expect(Object.values(project.badges).map(({ value }) => value)).toEqual(['not_started', 'no_report', 'no_tasks', 'not_sent', 'off']);
    expect(project.readiness.ready).toBe(false);
    expect(project.readiness.blockers.map(({ code }) => code)).toEqual(['NO_CLIENT_ACCOUNT', 'SCAN_NOT_COMPLETED', 'REPORT_NOT_READY']);
    const location = answer.headers.get('location') ?? '';
    expect(location).toBe(`/v1/agencies/${agency.id}/projects/${project.id}`);
    expect((await agency.get(`/projects/${project.id}`)).as(answers.project)).toEqual(project);
  });

  test("puts it under a client, and lets the client's onboarding go on with it", async () => {
    const agency = await newTenant(api);
    const { client, onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    const project = (await agency.post('/projects', { name: 'Site', domain: 'acme.example', clientId: client.id })).as(answers.project);
    expect(project.clientId).toBe(client.id);
    await agency.onboardingIn('waiting_for_status', onboarding.id);
  });

  test('takes one domain as often as it is sent: two sites may be built for it', async () => {
    const agency = await newTenant(api);
    for (const name of ['One', 'Two']) expect(await agency.post('/projects', { name, domain: 'acme.example' })).toMatchObject({ status: 201 });
  });

  test('under an archived client is refused with CLIENT_ARCHIVED', async () => {
    const agency = await newTenant(api);
    const { client, onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
    await agency.post(`/onboardings/${onboarding.id}/cancel`);
    expect(await agency.post('/projects', { name: 'Site', domain: 'acme.example', clientId: client.id })).toMatchObject(refusal('CLIENT_ARCHIVED'));
  });

  test("under another agency's client answers as under one that is not there, and makes nothing", async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const { clientId } = await activeClient(database, other.id);
    const foreign = await agency.post('/projects', { name: 'Site', domain: 'acme.example', clientId });
    const unknown = await agency.post('/projects', { name: 'Site', domain: 'acme.example', clientId: newClientId() });
    expect(foreign).toMatchObject(refusal('NOT_FOUND'));
    expect(withoutRequestId(foreign)).toBe(withoutRequestId(unknown));
    expect((await agency.get('/projects')).as(answers.projects).items).toEqual([]);
  });

  test.each(['http://acme.example', 'acme', 'acme.example/path', 'acme..example', '-acme.example', 'acme.example:80'])(
    'refuses %s, which is no domain',
    async (domain) => {
      const agency = await newTenant(api);
      const refused = await agency.post('/projects', { name: 'Site', domain });
      expect(refused).toMatchObject(refusal('VALIDATION_FAILED'));
      expect(refused.as(answers.problem).errors).toEqual([{ pointer: '/domain', message: expect.any(String) }]);
    },
  );

  test('tells in the history who made it', async () => {
    const agency = await newTenant(api);
    const { id } = (await agency.post('/projects', { name: 'Site', domain: 'acme.example' })).as(answers.project);
    expect(await events(database, agency.id, 'project.created')).toMatchObject([{ project_id: id, actor: { kind: 'apiKey', label: 'Test key' } }]);
  });
});

describe('the list of projects', () => {
  test('is newest first, by assignment, by client and in pages', async () => {
    const agency = await newTenant(api);
    const acme = await activeClient(database, agency.id, { name: 'Acme' });
    const birch = await activeClient(database, agency.id, { name: 'Birch' });
    const ofAcme = await openProject(database, agency.id, { clientId: acme.clientId });
    const nobodys = await openProject(database, agency.id);
    const ofBirch = await openProject(database, agency.id, { clientId: birch.clientId });
    const list = async (query: string) => (await agency.get(`/projects${query}`)).as(answers.projects);
    const idsOf = async (query: string) => (await list(query)).items.map(({ id }) => id).toSorted();
    expect(await idsOf('')).toEqual([ofAcme, nobodys, ofBirch].toSorted());
    expect(await idsOf('?assigned=true')).toEqual([ofAcme, ofBirch].toSorted());
    expect(await idsOf('?assigned=false')).toEqual([nobodys]);
    expect(await idsOf(`?clientId=${acme.clientId}`)).toEqual([ofAcme]);
    expect(await idsOf(`?clientId=${acme.clientId}&assigned=false`)).toEqual([]);

    const pages = [await list('?limit=2')];
    pages.push(await list(`?limit=2&cursor=${pages[0]?.nextCursor}`));
    const walked = pages.flatMap(({ items }) => items);
    expect(walked.map(({ id }) => id).toSorted()).toEqual([ofAcme, nobodys, ofBirch].toSorted());
    expect(walked.map(({ createdAt }) => createdAt)).toEqual(
      walked
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .toReversed(),
    );
    expect(pages[1]?.nextCursor).toBeNull();
  });

  test('finds a part of the name or of the domain, in any letters, and shows whose each is', async () => {
    const agency = await newTenant(api);
    const { client } = (await agency.post('/clients', { name: 'Acme GmbH' })).as(answers.onboarded);
    await agency.post('/projects', { name: 'Main site', domain: 'acme.example', clientId: client.id });
    await agency.post('/projects', { name: 'Shop', domain: 'birch.example' });
    const found = async (query: string) => (await agency.get(`/projects?query=${query}`)).as(answers.projects).items;
    expect((await found('MAIN')).map(({ name, clientName }) => [name, clientName])).toEqual([['Main site', 'Acme GmbH']]);
    expect((await found('birch.')).map(({ name, clientName }) => [name, clientName])).toEqual([['Shop', null]]);
    expect(await found('_')).toEqual([]);
  });

  test('shows those that are blocked from sharing, which are those that their readiness says it of', async () => {
    const agency = await newTenant(api);
    const { clientId } = await activeClient(database, agency.id);
    const of = (projectId: ProjectId) => ({ agencyId: agency.id, projectId });
    const [scanning, lacking, blocked, ready, shared] = [
      ...(await Promise.all(Array.from({ length: 5 }, () => openProject(database, agency.id, { clientId })))),
    ];
    if (!scanning || !lacking || !blocked || !ready || !shared) throw new Error('five were made');
    const nobodys = await openProject(database, agency.id);
    await Promise.all([lacking, blocked, ready, shared, nobodys].map((projectId) => makeReady(database, of(projectId))));
    await deliverReport(database.worker, reportInput(of(lacking), { gates: gates({ evidence: 'missing' }), at: soon() }));
    await deliverReport(database.worker, reportInput(of(blocked), { gates: gates({ redaction: 'blocked' }), at: soon() }));
    await share(database, of(shared), clientId);

    const list = async (query: string) => (await agency.get(`/projects${query}`)).as(answers.projects).items;
    const holds = async () => {
      const all = await list('');
      const saidBlocked = all.filter(({ readiness, sharing }) => sharing.state !== 'shared' && !readiness.ready).map(({ id }) => id);
      expect((await list('?blocked=true')).map(({ id }) => id)).toEqual(saidBlocked);
      expect((await list('?blocked=false')).map(({ id }) => id)).toEqual(all.map(({ id }) => id).filter((id) => !saidBlocked.includes(id)));
      return new Set<string>(saidBlocked);
    };
    expect(await holds()).toEqual(new Set([scanning, lacking, blocked, nobodys]));
    await changePlan(database, agency.id, { state: 'past_due' });
    expect(await holds()).toEqual(new Set([scanning, lacking, blocked, nobodys, ready]));
    await changePlan(database, agency.id, { state: 'cancellation_scheduled' });
    expect(await holds()).not.toContain(ready);
    const sharing = database.admin.updateTable('sharings').set({ expires_at: new Date(Date.now() - 1_000) });
    await sharing.where('agency_id', '=', agency.id).where('project_id', '=', shared).execute();
    await setBadge(database, of(shared), 'scan', 'failed');
    expect(await holds()).toContain(shared);
  });

  test("by another agency's client is empty, as by one that is not there", async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const { clientId } = await activeClient(database, other.id);
    await openProject(database, other.id, { clientId });
    const foreign = await agency.get(`/projects?clientId=${clientId}`);
    expect(foreign.text).toBe((await agency.get(`/projects?clientId=${newClientId()}`)).text);
    expect(foreign.as(answers.projects).items).toEqual([]);
  });
});

test('a project of another agency is one that is not there', async () => {
  const [agency, other] = [await newTenant(api), await newTenant(api)];
  const foreign = await other.get(`/projects/${await openProject(database, agency.id)}`);
  expect(foreign).toMatchObject(refusal('NOT_FOUND'));
  expect(withoutRequestId(foreign)).toBe(withoutRequestId(await other.get(`/projects/${newProjectId()}`)));
});
