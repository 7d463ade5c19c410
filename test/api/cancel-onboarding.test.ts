import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { events, slots } from '../harness/written.ts';

const api = await testApi();
const { database, temporal } = api;

test('cancelling a wait for an allowance erases the client, for it was never active', async () => {
  const agency = await newTenant(api, { clientLimit: 0 });
  const { onboarding } = (await agency.post('/clients', { name: 'Acme', onLimit: 'wait' })).as(answers.accepted);
  const answer = await agency.post(`/onboardings/${onboarding.id}/cancel`);
  expect(answer).toMatchObject({ status: 200 });
  const cancelled = answer.as(answers.onboarding);
  expect(cancelled).toMatchObject({ state: 'cancelled', clientId: null, blockers: [] });
  expect(cancelled.steps.map(({ state }) => state)).toEqual(['undone', 'skipped', 'skipped', 'skipped']);
  expect((await agency.get('/clients')).as(answers.clients).items).toEqual([]);
  expect(await agency.post('/clients', { name: 'Acme' })).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
});

test('cancelling a wait for a project archives the client and frees its slot', async () => {
  const agency = await newTenant(api);
  const { client, onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
  await agency.onboardingIn('waiting_for_project', onboarding.id);
  const cancelled = (await agency.post(`/onboardings/${onboarding.id}/cancel`)).as(answers.onboarding);
  expect(cancelled.steps.map(({ state }) => state)).toEqual(['undone', 'undone', 'skipped', 'skipped']);
  expect((await agency.get(`/clients/${client.id}`)).as(answers.client)).toMatchObject({ state: 'archived', onboarding: { state: 'cancelled' } });
  expect(await slots(database, agency.id)).toEqual({ used: 0, active: 0 });
});

test('cancelling a wait for status releases the project as well, and tells who did it', async () => {
  const agency = await newTenant(api);
  const projectId = await openProject(database, agency.id);
  const { client, onboarding } = (await agency.post('/clients', { name: 'Acme', projectId })).as(answers.onboarded);
  await agency.onboardingIn('waiting_for_status', onboarding.id);
  const cancelled = (await agency.post(`/onboardings/${onboarding.id}/cancel`)).as(answers.onboarding);
  expect(cancelled.steps.map(({ state }) => state)).toEqual(['undone', 'undone', 'undone', 'skipped']);
  expect((await agency.get(`/projects/${projectId}`)).as(answers.project).clientId).toBeNull();
  const history = await events(database, agency.id, 'project.unassigned', 'client.archived', 'onboarding.cancelled');
  expect(history.map(({ kind, actor, onboarding_id }) => ({ kind, actor: actor.label, onboarding_id }))).toEqual([
    { kind: 'project.unassigned', actor: 'Test key', onboarding_id: onboarding.id },
    { kind: 'client.archived', actor: 'Test key', onboarding_id: onboarding.id },
    { kind: 'onboarding.cancelled', actor: 'Test key', onboarding_id: onboarding.id },
  ]);
  expect(history.at(-1)?.client_id).toBe(client.id);
});

test('one that has ended stays as it is', async () => {
  const agency = await newTenant(api);
  const projectId = await openProject(database, agency.id);
  await makeReady(database, { agencyId: agency.id, projectId });
  const { client, onboarding } = (await agency.post('/clients', { name: 'Acme', projectId })).as(answers.onboarded);
  const done = await agency.onboardingIn('ready_to_share', onboarding.id);
  const answer = await agency.post(`/onboardings/${onboarding.id}/cancel`);
  expect(answer).toMatchObject({ status: 200 });
  expect(answer.as(answers.onboarding)).toEqual(done);
  expect(await agency.get(`/clients/${client.id}`)).toMatchObject({ body: { state: 'active' } });
});

describe('one whose workflow was terminated', () => {
  test('while it waits for a slot, is undone all the same', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const { onboarding } = (await agency.post('/clients', { name: 'Acme', onLimit: 'wait' })).as(answers.accepted);
    await temporal.workflow.getHandle(onboarding.workflowId).terminate('by mistake');
    expect(await agency.post(`/onboardings/${onboarding.id}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled', clientId: null } });
    expect((await agency.get('/clients')).as(answers.clients).items).toEqual([]);
  });

  test('while it waits for status, gives back its project and its slot, to whoever waits for one, and names who cancelled it', async () => {
    const agency = await newTenant(api, { clientLimit: 1 });
    const projectId = await openProject(database, agency.id);
    const { client, onboarding } = (await agency.post('/clients', { name: 'Acme', projectId })).as(answers.onboarded);
    await agency.onboardingIn('waiting_for_status', onboarding.id);
    const next = (await agency.post('/clients', { name: 'Next', onLimit: 'wait' })).as(answers.accepted);
    await temporal.workflow.getHandle(onboarding.workflowId).terminate('by mistake');

    const twice = await Promise.all([1, 2].map(() => agency.post(`/onboardings/${onboarding.id}/cancel`)));
    for (const answer of twice) expect(answer).toMatchObject({ status: 200, body: { state: 'cancelled', blockers: [] } });
    expect(twice[0]?.as(answers.onboarding).steps.map(({ state }) => state)).toEqual(['undone', 'undone', 'undone', 'skipped']);
    expect((await agency.get(`/clients/${client.id}`)).as(answers.client)).toMatchObject({ state: 'archived' });
    expect((await agency.get(`/projects/${projectId}`)).as(answers.project).clientId).toBeNull();
    expect(await events(database, agency.id, 'onboarding.cancelled')).toMatchObject([{ actor: { label: 'Test key' }, onboarding_id: onboarding.id }]);
    await agency.onboardingIn('waiting_for_project', next.onboarding.id);
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
  });
});

test('cancelling many times at once is one cancel', async () => {
  const agency = await newTenant(api);
  const { onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
  const many = await Promise.all(Array.from({ length: 5 }, () => agency.post(`/onboardings/${onboarding.id}/cancel`)));
  for (const answer of many) expect(answer).toMatchObject({ status: 200, body: { state: 'cancelled' } });
  expect(await events(database, agency.id, 'onboarding.cancelled')).toHaveLength(1);
  expect(await events(database, agency.id, 'client.archived')).toHaveLength(1);
});
