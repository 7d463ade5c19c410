import { describe, expect, test } from 'vitest';
import { isEnded } from '../../domain/onboarding.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { gates, openProject } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import { events, slots } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const at = (second: number) => new Date(Date.UTC(2026, 4, 1, 12, 0, second)).toISOString();

/** The same numbers in an order that is the same on every run and is none. */
function shuffled(count: number): number[] {
  return times(count, (index) => (index * 7 + 3) % count);
}

describe('many at once', () => {
  test('onboard on three slots: three are taken, the others are refused, and no client is left behind', async () => {
    const agency = await newTenant(api, { clientLimit: 3 });
    const sent = await Promise.all(times(8, (index) => agency.post('/clients', { name: `Client ${index}` })));
    const refused = sent.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(5);
    for (const answer of refused) expect(answer).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
    expect(await slots(database, agency.id)).toEqual({ used: 3, active: 3 });
    expect((await agency.get('/clients')).as(answers.clients).items).toHaveLength(3);
  });

  test('onboard a client of one name: one is taken, the others are refused', async () => {
    const agency = await newTenant(api);
    const sent = await Promise.all(times(6, (index) => agency.post('/clients', { name: index % 2 ? 'Acme' : 'ACME' })));
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of sent.filter(({ status }) => status !== 201)) expect(answer).toMatchObject(refusal('CLIENT_NAME_TAKEN'));
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
  });

  test('onboard with one project: one client has it, and the others wait for another or are refused', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const sent = await Promise.all(times(5, (index) => agency.post('/clients', { name: `Client ${index}`, projectId })));
    const onboardings = sent.filter(({ status }) => status === 201).map((answer) => answer.as(answers.onboarded).onboarding.id);
    for (const answer of sent.filter(({ status }) => status !== 201)) expect(answer).toMatchObject(refusal('PROJECT_ALREADY_ASSIGNED'));
    const states = await until('nobody runs any more', async () => {
      const all = await Promise.all(onboardings.map(async (id) => (await agency.get(`/onboardings/${id}`)).as(answers.onboarding).state));
      return !all.includes('running') && all;
    });
    expect(states.filter((state) => state === 'waiting_for_status')).toHaveLength(1);
    expect(states.filter((state) => state === 'waiting_for_project')).toHaveLength(states.length - 1);
    expect(await events(database, agency.id, 'project.assigned')).toHaveLength(1);
  });

  test('move a project between two clients: each move begins where the one before ended, and the last one stands', async () => {
    const agency = await newTenant(api);
    const clients = [await activeClient(database, agency.id), await activeClient(database, agency.id)];
    const projectId = await openProject(database, agency.id);
    const sent = await Promise.all(times(10, (index) => agency.put(`/projects/${projectId}/client`, { clientId: clients[index % 2]?.clientId })));
    for (const answer of sent) expect(answer).toMatchObject({ status: 200 });
    const moves = await events(database, agency.id, 'project.assigned', 'project.moved');
    const final = (await agency.get(`/projects/${projectId}`)).as(answers.project).clientId;
    // Whatever their order: where one begins another one ended, but for the first, and the last one's end is where it is.
    const begins = [...moves.map(({ before }) => before?.['clientId']), final];
    const ends = [null, ...moves.map(({ after }) => after?.['clientId'])];
    expect(begins.toSorted()).toEqual(ends.toSorted());
  });

  test('report a badge out of order: the newest wins, and none is told twice', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const sent = await Promise.all(
      shuffled(30).map((second) =>
        agency.put(`/projects/${projectId}/badges/scan`, { value: second === 29 ? 'completed' : 'running', reason: `event ${second}`, at: at(second) }),
      ),
    );
    for (const answer of sent) expect(answer).toMatchObject({ status: 200 });
    expect((await agency.get(`/projects/${projectId}`)).as(answers.project).badges.scan).toEqual({ value: 'completed', reason: 'event 29', at: at(29) });
    const told = (await events(database, agency.id, 'badge.reported')).map(({ after }) => String(after?.['at']));
    expect(told).toHaveLength(new Set(told).size);
    expect(told).toContain(at(29));
  });

  test('deliver reports out of order: the newest stands', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const report = (second: number) => ({
      title: `Report ${second}`,
      domain: 'acme.example',
      riskScore: second,
      pagesScanned: 1,
      findings: [],
      gates: gates(second === 9 ? {} : { scope: 'missing' }),
      at: at(second),
    });
    const sent = await Promise.all(shuffled(10).map((second) => agency.put(`/projects/${projectId}/report`, report(second))));
    for (const answer of sent) expect(answer).toMatchObject({ status: 200 });
    expect((await agency.get(`/projects/${projectId}`)).as(answers.project).badges.report).toEqual({ value: 'ready_for_publish', reason: null, at: at(9) });
  });
});

test('a plan that shrinks while clients are onboarded takes none away and admits none above it afterwards', async () => {
  const agency = await newTenant(api, { clientLimit: 6 });
  const plan = { state: 'active', clientLimit: 2, scansPerPeriod: 1, monitoredProjects: 1, whiteLabel: false, overageClients: 0 };
  const onboarding = times(8, (index) => agency.post('/clients', { name: `Client ${index}` }));
  await until('the first has a slot', async () => (await slots(database, agency.id)).used > 0);
  const shrunk = await api.send({ method: 'PUT', path: `/v1/operator/accounts/${agency.id}/plan`, key: api.operatorKey, body: plan });
  const sent = await Promise.all(onboarding);
  const admitted = sent.filter(({ status }) => status === 201).length;
  for (const answer of sent.filter(({ status }) => status !== 201)) expect(answer).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
  expect(shrunk).toMatchObject({ status: 200 });
  expect(admitted).toBeLessThanOrEqual(6);
  expect(await slots(database, agency.id)).toEqual({ used: admitted, active: admitted });
  expect(await agency.post('/clients', { name: 'One more' })).toMatchObject(admitted >= 2 ? refusal('CLIENT_LIMIT_REACHED') : { status: 201 });
});

test('a cancel that comes while a client is onboarded ends it, and leaves no slot and no project with it', async () => {
  const agency = await newTenant(api, { clientLimit: 20 });
  const projects = await Promise.all(times(8, () => openProject(database, agency.id)));
  await Promise.all(
    projects.map(async (projectId, index) => {
      const started = await agency.post('/clients', { name: `Client ${index}`, projectId }, { prefer: 'respond-async' });
      const { id } = started.as(answers.accepted).onboarding;
      // Each at another point of its way: after so many looks at it.
      for (let look = 0; look < index * 2; look++) await agency.get(`/onboardings/${id}`);
      expect(await agency.post(`/onboardings/${id}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    }),
  );
  const onboardings = (await agency.get('/onboardings')).as(answers.onboardings).items;
  for (const { state, steps } of onboardings) {
    expect(isEnded(state)).toBe(true);
    expect(steps.filter((step) => !['undone', 'skipped'].includes(step.state))).toEqual([]);
  }
  expect(onboardings).toHaveLength(8);
  expect(await slots(database, agency.id)).toEqual({ used: 0, active: 0 });
  expect((await agency.get('/clients?state=pending')).as(answers.clients).items).toEqual([]);
  expect((await agency.get('/projects?assigned=true')).as(answers.projects).items).toEqual([]);
});
