import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { deliverReport } from '../../activities/deliver-report.ts';
import { changePlan } from '../harness/agency.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newProjectId } from '../harness/ids.ts';
import { inTime } from '../harness/in-time.ts';
import { gates, makeReady, openProject, reportInput, setBadge } from '../harness/project.ts';
import { linksIn, readyProject, shareProject, statuses, visit } from '../harness/shared-project.ts';
import { newTenant, openKey, tenantWith } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import { events, sharingRow } from '../harness/written.ts';

const api = await testApi();
const { database } = api;
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('sharing', () => {
  test('gives four links, each of which opens', async () => {
    const project = await readyProject(api);
    const answer = await project.tenant.put(project.path, { enabled: true });
    expect(answer.as(answers.sharing)).toMatchObject({ state: 'shared', expiresAt: null, views: 0, lastViewedAt: null });
    const links = linksIn(answer);
    expect(links.public).toMatch(/^https:\/\/foyer\.example\/r\/[\w-]{43}$/);
    expect(links.portal).toMatch(/^https:\/\/foyer\.example\/client-portal\/[\w-]{43}$/);
    expect(await statuses(api, links)).toEqual([200, 200, 200, 200]);
    expect(answer.headers.get('cache-control')).toBe('no-store');

    // Lists have them as well, for whoever may share.
    const { tenant, projectId } = project;
    const listed = await tenant.get('/projects');
    expect(listed.as(answers.projects).items).toMatchObject([{ id: projectId, sharing: { state: 'shared', links } }]);
    expect(listed.headers.get('cache-control')).toBe('no-store');
    const reader = tenantWith(api, tenant.id, await openKey(database, tenant.id, { scopes: ['clients:read'] }));
    for (const path of ['/projects', `/projects/${projectId}`]) expect((await reader.get(path)).text).toContain('"links":null');
  });

  test('makes the report published, and is written in the history without the links', async () => {
    const project = await readyProject(api);
    const links = await shareProject(project);
    expect((await project.tenant.get(`/projects/${project.projectId}`)).as(answers.project)).toMatchObject({
      badges: { report: { value: 'published' } },
      sharing: { state: 'shared' },
    });
    const written = await events(database, project.tenant.id, 'sharing.started');
    expect(written).toMatchObject([{ project_id: project.projectId, client_id: project.clientId, after: { expiresAt: null } }]);
    expect(JSON.stringify(written)).not.toContain(new URL(links.public).pathname.split('/').at(-1));
  });

  test('shared already gives the same links, and keeps their end unless another one is given', async () => {
    const project = await readyProject(api);
    const { tenant, path } = project;
    const end = soon(90 * 86_400_000);
    const links = await shareProject(project, { expiresAt: end });
    expect((await tenant.put(path, { enabled: true })).as(answers.sharing)).toMatchObject({ links, expiresAt: end });
    expect((await tenant.put(path, { enabled: true, expiresAt: null })).as(answers.sharing)).toMatchObject({ links, expiresAt: null });
    expect(await events(database, tenant.id, 'sharing.changed')).toMatchObject([{ before: { expiresAt: end }, after: { expiresAt: null } }]);
  });

  test('asked for by many at once is one sharing with one set of links', async () => {
    const project = await readyProject(api);
    const all = await Promise.all(Array.from({ length: 5 }, () => shareProject(project)));
    expect(new Set(all.map((links) => links.public)).size).toBe(1);
    expect(await events(database, project.tenant.id, 'sharing.started')).toHaveLength(1);
  });

  test.each<[string, (project: Awaited<ReturnType<typeof readyProject>>) => Promise<unknown>, Parameters<typeof refusal>[0]]>([
    ['while the scan runs', ({ tenant, projectId }) => setBadge(database, { agencyId: tenant.id, projectId }, 'scan', 'running'), 'SCAN_NOT_COMPLETED'],
    [
      'with a report that lacks evidence',
      ({ tenant, projectId }) => deliverReport(database.worker, reportInput({ agencyId: tenant.id, projectId }, { gates: gates({ evidence: 'missing' }) })),
      'REPORT_NOT_READY',
    ],
    [
      'with a blocked report',
      ({ tenant, projectId }) => deliverReport(database.worker, reportInput({ agencyId: tenant.id, projectId }, { gates: gates({ redaction: 'blocked' }) })),
      'REPORT_PUBLICATION_BLOCKED',
    ],
    ['without a client', ({ tenant, projectId }) => tenant.put(`/projects/${projectId}/client`, { clientId: null }), 'NO_CLIENT_ACCOUNT'],
    ['on a plan that is past due', ({ tenant }) => changePlan(database, tenant.id, { state: 'past_due' }), 'AGENCY_PLAN_INELIGIBLE'],
  ])('%s is refused, and nothing is shared', async (_, hinder, code) => {
    const project = await readyProject(api);
    await hinder(project);
    const answer = await project.tenant.put(project.path, { enabled: true });
    expect(answer).toMatchObject(refusal(code));
    expect(answer.as(answers.problem).nextAction.path).toBe(code === 'AGENCY_PLAN_INELIGIBLE' ? '/settings/plan' : `/projects/${project.projectId}`);
    expect((await project.tenant.get(project.path)).as(answers.sharing)).toMatchObject({ state: 'private', links: null });
    expect(await sharingRow(database, project.tenant.id, project.projectId)).toBeUndefined();
  });

  test('a project that was shared goes on on a plan that is past due, and its links can still be replaced', async () => {
    const project = await readyProject(api);
    await shareProject(project);
    await changePlan(database, project.tenant.id, { state: 'past_due' });
    const links = linksIn(await project.tenant.post(`${project.path}/rotate`));
    expect(await statuses(api, links)).toEqual([200, 200, 200, 200]);
  });

  test.each([
    ['yesterday', new Date(Date.now() - 86_400_000).toISOString()],
    ['the year 1999', '1999-01-01T00:00:00Z'],
    ['a word', 'tomorrow'],
    ['a number', 30],
  ])('refuses %s as an end', async (_, expiresAt) => {
    const project = await readyProject(api);
    const answer = await project.tenant.put(project.path, { enabled: true, expiresAt });
    expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(answer.as(answers.problem).errors).toMatchObject([{ pointer: '/expiresAt' }]);
  });

  test("of another agency's project and of one that is not there is refused alike", async () => {
    const [project, stranger] = [await readyProject(api), await newTenant(api)];
    for (const projectId of [project.projectId, newProjectId()]) {
      for (const enabled of [true, false]) expect(await stranger.put(`/projects/${projectId}/sharing`, { enabled })).toMatchObject(refusal('NOT_FOUND'));
      expect(await stranger.post(`/projects/${projectId}/sharing/rotate`)).toMatchObject(refusal('NOT_FOUND'));
      expect(await stranger.get(`/projects/${projectId}/sharing`)).toMatchObject(refusal('NOT_FOUND'));
    }
  });

  test('its links are not for a key that only reads', async () => {
    const project = await readyProject(api);
    await shareProject(project);
    const reader = tenantWith(api, project.tenant.id, await openKey(database, project.tenant.id, { scopes: ['clients:read'] }));
    expect(await reader.get(project.path)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect((await reader.get('/projects')).text).not.toContain('/r/');
  });
});

describe('what ends it', () => {
  const ended = async (act: (project: Awaited<ReturnType<typeof readyProject>>) => Promise<unknown>) => {
    const project = await readyProject(api);
    const links = await shareProject(project);
    await act(project);
    return { project, answered: await statuses(api, links), sharing: (await project.tenant.get(project.path)).as(answers.sharing) };
  };

  test.each<[string, Parameters<typeof ended>[0]]>([
    ['switching it off', ({ tenant, path }) => tenant.put(path, { enabled: false })],
    ['unassigning the project', ({ tenant, projectId }) => tenant.put(`/projects/${projectId}/client`, { clientId: null })],
    [
      'moving the project to another client',
      async ({ tenant, projectId }) => tenant.put(`/projects/${projectId}/client`, { clientId: (await activeClient(database, tenant.id)).clientId }),
    ],
    ['archiving the client', ({ tenant, clientId }) => tenant.post(`/clients/${clientId}/archive`)],
    [
      'a blocked report',
      ({ tenant, projectId }) => {
        const { agencyId: _, projectId: __, actor: ___, ...report } = reportInput({ agencyId: tenant.id, projectId }, { gates: gates({ scope: 'blocked' }) });
        return tenant.put(`/projects/${projectId}/report`, report);
      },
    ],
  ])('%s: every link answers 410, and the workflow comes to its end', async (_, act) => {
    const { project, answered, sharing } = await ended(act);
    expect(answered).toEqual([410, 410, 410, 410]);
    expect(sharing).toMatchObject({ state: 'disabled', links: null });
    expect(await events(database, project.tenant.id, 'sharing.ended')).toHaveLength(1);
    const workflow = api.temporal.workflow.getHandle(`share-report/${project.tenant.id}/${project.projectId}`);
    await until('the workflow has ended', async () => (await workflow.describe()).status.name === 'COMPLETED');
  });

  test('the end that was given', async () => {
    const { project, links } = await inTime(async (pace) => {
      const project = await readyProject(api);
      const links = await shareProject(project);
      const expiresAt = soon(1_000 * pace);
      const given = await project.tenant.put(project.path, { enabled: true, expiresAt });
      if (Date.now() >= Date.parse(expiresAt)) return undefined;
      expect(given).toMatchObject({ status: 200 });
      return { project, links };
    });
    await until('the links have ended', async () => (await visit(api, links.public)).status === 410);
    expect(await statuses(api, links)).toEqual([410, 410, 410, 410]);
    expect((await project.tenant.get(project.path)).as(answers.sharing)).toMatchObject({ state: 'expired', links: null });
    await until('it is written down', async () => (await events(database, project.tenant.id, 'sharing.expired')).length === 1);
    expect((await sharingRow(database, project.tenant.id, project.projectId))?.sealed_token).toBeNull();
  });

  test('shared once more it has other links, and the old ones stay gone', async () => {
    const project = await readyProject(api);
    const old = await shareProject(project);
    await project.tenant.put(project.path, { enabled: false });
    const links = await shareProject(project);
    expect(links.public).not.toBe(old.public);
    expect(await statuses(api, old)).toEqual([410, 410, 410, 410]);
    expect(await statuses(api, links)).toEqual([200, 200, 200, 200]);
  });

  test('switching off what is not shared changes nothing', async () => {
    const project = await readyProject(api);
    expect((await project.tenant.put(project.path, { enabled: false })).as(answers.sharing)).toMatchObject({ state: 'private', links: null });
    expect(await events(database, project.tenant.id, 'sharing.ended')).toEqual([]);
  });
});

describe('rotation', () => {
  test('gives other links at once, with the same end, and the old ones are gone', async () => {
    const project = await readyProject(api);
    const end = soon(30 * 86_400_000);
    const old = await shareProject(project, { expiresAt: end });
    const answer = await project.tenant.post(`${project.path}/rotate`);
    const links = linksIn(answer);
    expect(answer.as(answers.sharing).expiresAt).toBe(end);
    expect(await statuses(api, old)).toEqual([410, 410, 410, 410]);
    expect(await statuses(api, links)).toEqual([200, 200, 200, 200]);
  });

  test('by the same idempotency key happens once, and answers the same', async () => {
    const project = await readyProject(api);
    await shareProject(project);
    const headers = { 'idempotency-key': randomUUID() };
    const first = linksIn(await project.tenant.post(`${project.path}/rotate`, undefined, headers));
    const again = await project.tenant.post(`${project.path}/rotate`, undefined, headers);
    expect(linksIn(again)).toEqual(first);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await events(database, project.tenant.id, 'sharing.rotated')).toHaveLength(1);
  });

  test('is refused where nothing is shared', async () => {
    const project = await readyProject(api);
    expect(await project.tenant.post(`${project.path}/rotate`)).toMatchObject(refusal('SHARE_EXPIRED'));
    const unassigned = await openProject(database, project.tenant.id);
    expect(await project.tenant.post(`/projects/${unassigned}/sharing/rotate`)).toMatchObject(refusal('SHARE_EXPIRED'));
  });
});

describe('share when ready', () => {
  test('asked for when a client is onboarded, its report is shared without anybody asking again', async () => {
    const tenant = await newTenant(api);
    const projectId = await openProject(database, tenant.id);
    const onboarded = await tenant.post('/clients', { name: `Client ${randomUUID()}`, projectId, shareWhenReady: true });
    expect(onboarded.status).toBe(201);
    await makeReady(database, { agencyId: tenant.id, projectId });
    await tenant.put(`/projects/${projectId}/badges/scan`, { value: 'completed', at: new Date().toISOString() });
    const sharing = await until('it is shared', async () => {
      const now = (await tenant.get(`/projects/${projectId}/sharing`)).as(answers.sharing);
      return now.state === 'shared' && now;
    });
    expect(await statuses(api, sharing.links ?? fail('there are links'))).toEqual([200, 200, 200, 200]);
  });

  test('is asked for and taken back while the onboarding goes on, and what counts is what is wanted in the end', async () => {
    const tenant = await newTenant(api);
    const onboard = async () => {
      const projectId = await openProject(database, tenant.id);
      const { onboarding } = (await tenant.post('/clients', { name: `Client ${randomUUID()}`, projectId })).as(answers.onboarded);
      await tenant.onboardingIn('waiting_for_status', onboarding.id);
      return { projectId, onboardingId: onboarding.id };
    };
    const choose = async (onboardingId: string, wanted: boolean) => {
      const answer = await tenant.put(`/onboardings/${onboardingId}/share-when-ready`, { wanted });
      expect(answer.as(answers.onboarding)).toMatchObject({ id: onboardingId, shareWhenReady: wanted });
    };
    const [wanted, unwanted] = [await onboard(), await onboard()];
    await choose(wanted.onboardingId, true);
    for (const wish of [true, true, false]) await choose(unwanted.onboardingId, wish);
    for (const { projectId, onboardingId } of [unwanted, wanted]) {
      await makeReady(database, { agencyId: tenant.id, projectId });
      await tenant.put(`/projects/${projectId}/badges/monitoring`, { value: 'active', at: soon(0) });
      await tenant.onboardingIn('ready_to_share', onboardingId);
    }
    await until('it is shared', async () => (await sharingRow(database, tenant.id, wanted.projectId))?.state === 'shared');
    expect(await sharingRow(database, tenant.id, unwanted.projectId)).toBeUndefined();
    expect(await events(database, tenant.id, 'onboarding.share_when_ready')).toHaveLength(3);
    const late = await tenant.put(`/onboardings/${unwanted.onboardingId}/share-when-ready`, { wanted: true });
    expect(late.as(answers.onboarding)).toMatchObject({ state: 'ready_to_share', shareWhenReady: false });
  });

  test('is refused to whoever may not share, and no client is made', async () => {
    const tenant = await newTenant(api);
    const writer = tenantWith(api, tenant.id, await openKey(database, tenant.id, { scopes: ['clients:write'] }));
    const client = { name: `Client ${randomUUID()}` };
    expect(await writer.post('/clients', { ...client, shareWhenReady: true })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect((await tenant.get('/clients')).as(answers.clients).items).toEqual([]);
    expect((await writer.post('/clients', { ...client, shareWhenReady: false })).status).toBe(201);
  });
});

function fail(what: string): never {
  throw new Error(`it is not so that ${what}`);
}
