import { describe, expect, test } from 'vitest';
import type { ClientId, ProjectId } from '../../domain/ids.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient, pendingClient } from '../harness/client.ts';
import { newClientId } from '../harness/ids.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { makeReady, openProject, share } from '../harness/project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';
import { tenantRows } from '../harness/tenant-rows.ts';
import { clientRow, events, projectRow, sharingRow, slots } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

async function onboarded(agency: Tenant, body: object, state: 'waiting_for_project' | 'waiting_for_status' = 'waiting_for_project') {
  const { client, onboarding } = (await agency.post('/clients', body)).as(answers.onboarded);
  await agency.onboardingIn(state, onboarding.id);
  // The id is the client's own.
  return { clientId: client.id as ClientId, onboardingId: onboarding.id };
}

async function projectOf(agency: Tenant, clientId: ClientId | null, what: { shared?: boolean; ready?: boolean } = {}): Promise<ProjectId> {
  const projectId = await openProject(database, agency.id, { clientId });
  if (what.ready) await makeReady(database, { agencyId: agency.id, projectId });
  if (what.shared && clientId) await share(database, { agencyId: agency.id, projectId }, clientId);
  return projectId;
}

describe('what a preview says is what the merge does', () => {
  test.each([true, false])('to projects, links, onboardings, slot and details (ready project: %s)', async (ready) => {
    const agency = await newTenant(api);
    const projectId = await projectOf(agency, null, { ready: false });
    const twin = await onboarded(agency, { name: 'Acme GmbH', externalReference: 'deal-1', notes: 'pays late', projectId }, 'waiting_for_status');
    const stays = await onboarded(agency, { name: 'Acme', contactEmail: 'ops@acme.example' });
    await share(database, { agencyId: agency.id, projectId }, twin.clientId);
    const second = await projectOf(agency, twin.clientId);
    if (ready) await makeReady(database, { agencyId: agency.id, projectId });

    const before = await tenantRows(database, agency.id);
    const said = (await agency.get(`/clients/${twin.clientId}/merge-preview?into=${stays.clientId}`)).as(answers.mergePreview);
    expect(await tenantRows(database, agency.id)).toEqual(before);
    expect(said).toEqual({
      clientId: twin.clientId,
      into: stays.clientId,
      projects: [
        { id: projectId, name: expect.any(String), sharing: { ends: true } },
        { id: second, name: expect.any(String), sharing: { ends: false } },
      ],
      freesSlot: true,
      fills: { externalReference: 'deal-1', notes: 'pays late' },
      onboardings: [
        { id: twin.onboardingId, clientId: twin.clientId, effect: 'ends', state: { from: 'waiting_for_status', to: 'cancelled' } },
        {
          id: stays.onboardingId,
          clientId: stays.clientId,
          effect: 'takes_project',
          state: { from: 'waiting_for_project', to: ready ? 'ready_to_share' : 'waiting_for_status' },
        },
      ],
    });

    const merged = (await agency.post(`/clients/${twin.clientId}/merge`, { into: stays.clientId })).as(answers.client);
    expect(merged).toMatchObject({ id: stays.clientId, name: 'Acme', contactEmail: 'ops@acme.example', ...said.fills, projectCount: said.projects.length });
    for (const { id } of said.projects) {
      expect(await projectRow(database, agency.id, id as ProjectId)).toMatchObject({ client_id: stays.clientId });
      expect((await sharingRow(database, agency.id, id as ProjectId))?.state ?? 'private').not.toBe('shared');
    }
    for (const { id, state } of said.onboardings) await agency.onboardingIn(state.to, id);
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
    expect(await clientRow(database, agency.id, twin.clientId)).toMatchObject({ state: 'archived', merged_into: stays.clientId, external_reference: null });
    expect(await events(database, agency.id, 'client.merged')).toMatchObject([{ client_id: twin.clientId, after: { into: stays.clientId } }]);
  });

  test('to a duplicate that waits for a slot and has none', async () => {
    const agency = await newTenant(api, { clientLimit: 1 });
    const stays = await onboarded(agency, { name: 'Acme' });
    const { onboarding } = (await agency.post('/clients', { name: 'ACME Ltd', onLimit: 'wait' })).as(answers.accepted);
    const { clientId } = await agency.onboardingIn('waiting_for_allowance', onboarding.id);
    const said = (await agency.get(`/clients/${clientId}/merge-preview?into=${stays.clientId}`)).as(answers.mergePreview);
    expect(said).toMatchObject({ freesSlot: false, projects: [], onboardings: [{ id: onboarding.id, effect: 'ends' }] });
    await agency.post(`/clients/${clientId}/merge`, { into: stays.clientId });
    await agency.onboardingIn('cancelled', onboarding.id);
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
  });
});

describe('merging', () => {
  test('twice, and two the opposite way round at once, leaves one client with everything', async () => {
    const agency = await newTenant(api);
    const [one, two] = [await activeClient(database, agency.id), await activeClient(database, agency.id)];
    await projectOf(agency, one.clientId);
    await projectOf(agency, two.clientId);
    const ways = [one, two].map(({ clientId }) => clientId);
    const merge = (clientId = '', into = '') => agency.post(`/clients/${clientId}/merge`, { into });
    const answered = await Promise.all([merge(ways[0], ways[1]), merge(ways[0], ways[1]), merge(ways[1], ways[0])]);
    const codes = answered.map(({ status }) => status).toSorted();
    // Whichever way was first, the other one finds a client archived; the same way again finds it done.
    expect([
      [200, 200, 409],
      [200, 409, 409],
    ]).toContainEqual(codes);
    const left = (await agency.get('/clients?state=active')).as(answers.clients).items;
    expect(left).toMatchObject([{ projectCount: 2 }]);
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
    expect(await events(database, agency.id, 'client.merged')).toHaveLength(1);
  });

  test('is undone by a restore as far as it goes: the client is back, what moved stays', async () => {
    const agency = await newTenant(api);
    const [twin, stays] = [await activeClient(database, agency.id), await activeClient(database, agency.id)];
    const projectId = await projectOf(agency, twin.clientId);
    await agency.post(`/clients/${twin.clientId}/merge`, { into: stays.clientId });
    expect((await agency.post(`/clients/${twin.clientId}/restore`)).as(answers.client)).toMatchObject({ state: 'active', projectCount: 0 });
    expect(await projectRow(database, agency.id, projectId)).toMatchObject({ client_id: stays.clientId });
    expect(await clientRow(database, agency.id, twin.clientId)).toMatchObject({ merged_into: null });
  });

  test('and its preview are refused alike', async () => {
    const agency = await newTenant(api);
    const [client, archived] = [await activeClient(database, agency.id), await activeClient(database, agency.id)];
    const pending = await pendingClient(database, onboardingInput(agency.id));
    await agency.post(`/clients/${archived.clientId}/archive`);
    const ways = [
      [client.clientId, archived.clientId, 'CLIENT_ARCHIVED'],
      [archived.clientId, client.clientId, 'CLIENT_ARCHIVED'],
      [client.clientId, pending.clientId, 'NOT_FOUND'],
      [client.clientId, newClientId(), 'NOT_FOUND'],
      [newClientId(), client.clientId, 'NOT_FOUND'],
      [client.clientId, client.clientId, 'VALIDATION_FAILED'],
    ] as const;
    for (const [clientId, into, code] of ways) {
      expect(await agency.get(`/clients/${clientId}/merge-preview?into=${into}`), code).toMatchObject(refusal(code));
      expect(await agency.post(`/clients/${clientId}/merge`, { into }), code).toMatchObject(refusal(code));
    }
  });
});
