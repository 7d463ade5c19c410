import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { openEventStream } from '../harness/event-stream.ts';
import { newOnboardingId } from '../harness/ids.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const api = await testApi();
const { database } = api;

/** An onboarding that waits for a project. */
async function waitingOnboarding(agency: Tenant) {
  const { client, onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
  await agency.onboardingIn('waiting_for_project', onboarding.id);
  return { clientId: client.id, onboardingId: onboarding.id, agencyId: agency.id, key: agency.key };
}

async function readyProject(agency: Tenant) {
  const projectId = await openProject(database, agency.id);
  await makeReady(database, { agencyId: agency.id, projectId });
  return projectId;
}

describe("an onboarding's stream", () => {
  test('shows it as it stands at once, as server-sent events that nothing keeps back', async () => {
    const agency = await newTenant(api);
    const onboarding = await waitingOnboarding(agency);
    await using stream = await openEventStream(api, onboarding);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.response.headers.get('cache-control')).toBe('no-cache');
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
    const read = (await agency.get(`/onboardings/${onboarding.onboardingId}`)).as(answers.onboarding);
    expect(await stream.next()).toEqual(read);
  });

  test('shows each change to every reader, and closes when it has ended', async () => {
    const agency = await newTenant(api);
    const { clientId, ...onboarding } = await waitingOnboarding(agency);
    const projectId = await openProject(database, agency.id);
    await using one = await openEventStream(api, onboarding);
    await using two = await openEventStream(api, onboarding);
    for (const stream of [one, two]) expect(await stream.next()).toMatchObject({ state: 'waiting_for_project' });
    await agency.put(`/projects/${projectId}/client`, { clientId });
    for (const stream of [one, two]) {
      const waiting = await stream.nextWhere(({ state }) => state === 'waiting_for_status');
      expect(waiting.blockers.map(({ code }) => code)).toEqual(['SCAN_NOT_COMPLETED', 'REPORT_NOT_READY']);
    }
    const badge = { value: 'running', at: new Date().toISOString() };
    await agency.put(`/projects/${projectId}/badges/scan`, badge);
    for (const stream of [one, two]) await stream.nextWhere(({ blockers }) => blockers[0]?.message.includes('running') ?? false);
    await agency.post(`/onboardings/${onboarding.onboardingId}/cancel`);
    for (const stream of [one, two]) {
      await stream.nextWhere(({ state }) => state === 'cancelled');
      expect(await stream.next()).toBeUndefined();
    }
  });

  test('never shows the same twice in a row', async () => {
    const agency = await newTenant(api);
    const { clientId, ...onboarding } = await waitingOnboarding(agency);
    await using stream = await openEventStream(api, onboarding);
    await agency.put(`/projects/${await readyProject(agency)}/client`, { clientId });
    const shown: string[] = [];
    for (let next = await stream.next(); next; next = await stream.next()) shown.push(JSON.stringify(next));
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.filter((event, index) => event === shown[index - 1])).toEqual([]);
  });

  test('of one that has ended shows the end and closes; to whoever has seen the end it answers 204', async () => {
    const agency = await newTenant(api);
    const projectId = await readyProject(agency);
    const { onboarding } = (await agency.post('/clients', { name: 'Acme', projectId })).as(answers.onboarded);
    await agency.onboardingIn('ready_to_share', onboarding.id);
    const reader = { agencyId: agency.id, key: agency.key, onboardingId: onboarding.id };
    const stream = await openEventStream(api, reader);
    expect(await stream.next()).toMatchObject({ state: 'ready_to_share' });
    expect(await stream.next()).toBeUndefined();

    const path = `/onboardings/${onboarding.id}/events`;
    expect(await agency.get(path, { 'last-event-id': stream.lastId ?? '' })).toMatchObject({ status: 204, text: '' });
    await using again = await openEventStream(api, { ...reader, lastEventId: 'something older' });
    expect(await again.next()).toMatchObject({ state: 'ready_to_share' });
  });

  test('to a reader that connects again in the middle shows where it stands', async () => {
    const onboarding = await waitingOnboarding(await newTenant(api));
    const first = await openEventStream(api, onboarding);
    await first.next();
    await first[Symbol.asyncDispose]();
    await using again = await openEventStream(api, { ...onboarding, ...(first.lastId && { lastEventId: first.lastId }) });
    expect(await again.next()).toMatchObject({ state: 'waiting_for_project' });
  });

  test('answers another agency as one that is not there', async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const { onboardingId } = await waitingOnboarding(agency);
    const foreign = await other.get(`/onboardings/${onboardingId}/events`);
    const unknown = await other.get(`/onboardings/${newOnboardingId()}/events`);
    expect(foreign).toMatchObject(refusal('NOT_FOUND'));
    expect(withoutRequestId(foreign)).toBe(withoutRequestId(unknown));
  });

  // Sooner than its next line comes, which is after ten seconds; so with the one below.
  test('ends when the process stops', { timeout: 8_000 }, async () => {
    const stopping = await anotherApi(api);
    const onboarding = await waitingOnboarding(await newTenant(api));
    const stream = await openEventStream(stopping, onboarding);
    await stream.next();
    stopping.stop();
    expect(await stream.next()).toBeUndefined();
  });

  test('catches up when the connection that listens was dropped', { timeout: 8_000 }, async () => {
    const listening = await anotherApi(api);
    const agency = await newTenant(api);
    const { clientId, ...onboarding } = await waitingOnboarding(agency);
    await using stream = await openEventStream(listening, onboarding);
    await stream.next();
    const projectId = await openProject(database, agency.id);
    await dropListeners();
    await agency.put(`/projects/${projectId}/client`, { clientId });
    await stream.nextWhere(({ state }) => state === 'waiting_for_status');
    expect(listening.logged.map(({ msg }) => msg)).toContain('lost the connection that listens to the database; opening another');
  });
});

/** Ends every connection that listens to this database, once there is one for each of the two processes. */
async function dropListeners(): Promise<void> {
  const listeners = sql`pg_stat_activity where datname = current_database() and application_name = 'foyer-api-watch' and query like 'listen%'`;
  await until('both processes listen', async () => {
    const { rows } = await sql`select pid from ${listeners}`.execute(database.admin);
    return rows.length >= 2;
  });
  await sql`select pg_terminate_backend(pid) from ${listeners}`.execute(database.admin);
}
