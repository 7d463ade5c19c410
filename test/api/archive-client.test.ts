import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newClientId } from '../harness/ids.ts';
import { openProject, share } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { eventCounts, projectRow, sharingRow, slots } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

async function clientWithProject(terms = {}) {
  const agency = await newTenant(api, terms);
  const { clientId } = await activeClient(database, agency.id);
  const projectId = await openProject(database, agency.id, { clientId });
  return { agency, clientId, projectId, tell: (what: 'archive' | 'restore') => agency.post(`/clients/${clientId}/${what}`) };
}

describe('archiving a client', () => {
  test('unassigns its projects, ends their links and frees its slot', async () => {
    const { agency, clientId, projectId, tell } = await clientWithProject();
    await share(database, { agencyId: agency.id, projectId }, clientId);
    const before = (await agency.get(`/clients/${clientId}`)).as(answers.client);

    const answer = await tell('archive');
    expect(answer.status).toBe(200);
    const archived = answer.as(answers.client);
    expect(archived).toMatchObject({ state: 'archived', projectCount: 0, version: before.version + 1 });
    expect(Date.parse(archived.erasableFrom ?? '') - Date.parse(archived.archivedAt ?? '')).toBe(30 * 86_400_000);
    expect(answer.headers.get('etag')).toBe(`"${archived.version}"`);
    expect(await projectRow(database, agency.id, projectId)).toMatchObject({ client_id: null });
    expect(await sharingRow(database, agency.id, projectId)).toMatchObject({ state: 'disabled', token_hash: null });
    expect(await slots(database, agency.id)).toEqual({ used: 0, active: 0 });
  });

  test('twice, or by several at once, archives it once', async () => {
    const { agency, tell } = await clientWithProject();
    const answered = await Promise.all(Array.from({ length: 5 }, () => tell('archive')));
    expect(answered.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(new Set(answered.map((answer) => answer.as(answers.client).version)).size).toBe(1);
    expect(await eventCounts(database, agency.id)).toMatchObject({ 'client.archived': 1 });
    expect(await slots(database, agency.id)).toEqual({ used: 0, active: 0 });
  });

  test('ends its onboarding, which waited for a project, and lets the next in line have its slot', async () => {
    const agency = await newTenant(api, { clientLimit: 1 });
    const { client, onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
    const { onboarding: next } = (await agency.post('/clients', { name: 'Birch', onLimit: 'wait' })).as(answers.accepted);
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    await agency.onboardingIn('waiting_for_allowance', next.id);

    expect(await agency.post(`/clients/${client.id}/archive`)).toMatchObject({ status: 200, body: { onboarding: { state: 'cancelled' } } });
    await agency.onboardingIn('waiting_for_project', next.id);
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
  });

  test('that is pending takes it out of the line', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const { onboarding } = (await agency.post('/clients', { name: 'Acme', onLimit: 'wait' })).as(answers.accepted);
    const { clientId } = await agency.onboardingIn('waiting_for_allowance', onboarding.id);
    expect(await agency.post(`/clients/${clientId}/archive`)).toMatchObject({ status: 200, body: { state: 'archived' } });
    await agency.onboardingIn('cancelled', onboarding.id);
    expect(await slots(database, agency.id)).toEqual({ used: 0, active: 0 });
  });

  test('that is not there is refused', async () => {
    const { agency } = await clientWithProject();
    expect(await agency.post(`/clients/${newClientId()}/archive`)).toMatchObject(refusal('NOT_FOUND'));
  });
});

describe('restoring a client', () => {
  test('takes a slot and gives its projects back, but not its links', async () => {
    const { agency, clientId, projectId, tell } = await clientWithProject();
    await share(database, { agencyId: agency.id, projectId }, clientId);
    const { version } = (await tell('archive')).as(answers.client);
    const restored = (await tell('restore')).as(answers.client);
    expect(restored).toMatchObject({ state: 'active', projectCount: 1, version: version + 1 });
    expect(await sharingRow(database, agency.id, projectId)).toMatchObject({ state: 'disabled', token_hash: null });
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
  });

  test('leaves a project with whoever has it now', async () => {
    const { agency, projectId, tell } = await clientWithProject();
    const other = await activeClient(database, agency.id);
    await tell('archive');
    await agency.put(`/projects/${projectId}/client`, { clientId: other.clientId });
    expect((await tell('restore')).as(answers.client).projectCount).toBe(0);
    expect(await projectRow(database, agency.id, projectId)).toMatchObject({ client_id: other.clientId });
  });

  test('is refused with CLIENT_LIMIT_REACHED when the slot is somebody else’s now, and changes nothing', async () => {
    const { agency, projectId, tell } = await clientWithProject({ clientLimit: 1 });
    await tell('archive');
    await activeClient(database, agency.id);
    expect(await tell('restore')).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
    expect(await projectRow(database, agency.id, projectId)).toMatchObject({ client_id: null });
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
  });

  test('is refused with AGENCY_PLAN_INELIGIBLE on a plan that grants nothing', async () => {
    const { agency, tell } = await clientWithProject();
    await tell('archive');
    await database.admin.updateTable('plans').set({ state: 'past_due' }).where('agency_id', '=', agency.id).execute();
    expect(await tell('restore')).toMatchObject(refusal('AGENCY_PLAN_INELIGIBLE'));
  });

  test('that is active leaves it as it is', async () => {
    const { agency, tell } = await clientWithProject();
    expect(await tell('restore')).toMatchObject({ status: 200, body: { state: 'active' } });
    expect(await eventCounts(database, agency.id)).not.toHaveProperty('client.restored');
  });
});
