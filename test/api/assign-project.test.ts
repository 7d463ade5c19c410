import { describe, expect, test } from 'vitest';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newClientId, newProjectId } from '../harness/ids.ts';
import { makeReady, openProject, share } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { events, sharingRow } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

/** An agency with two active clients and an unassigned project. */
async function twoClients() {
  const agency = await newTenant(api);
  const acme = await activeClient(database, agency.id, { name: 'Acme' });
  const birch = await activeClient(database, agency.id, { name: 'Birch' });
  const projectId = await openProject(database, agency.id);
  const assign = (clientId: string | null) => agency.put(`/projects/${projectId}/client`, { clientId });
  return { agency, acme: acme.clientId, birch: birch.clientId, projectId, assign };
}

describe('a project', () => {
  test('is assigned, moved and unassigned, and each is told in the history', async () => {
    const { agency, acme, birch, projectId, assign } = await twoClients();
    for (const clientId of [acme, birch, null]) {
      const answer = await assign(clientId);
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.as(answers.project).clientId).toBe(clientId);
    }
    const history = await events(database, agency.id, 'project.assigned', 'project.moved', 'project.unassigned');
    expect(history.map(({ kind, before, after, project_id }) => ({ kind, before, after, project_id }))).toEqual([
      { kind: 'project.assigned', before: { clientId: null }, after: { clientId: acme }, project_id: projectId },
      { kind: 'project.moved', before: { clientId: acme }, after: { clientId: birch }, project_id: projectId },
      { kind: 'project.unassigned', before: { clientId: birch }, after: { clientId: null }, project_id: projectId },
    ]);
  });

  test.each(['moved to another client', 'unassigned'])('that is %s is no longer shared, and its link is retired', async (how) => {
    const { agency, acme, birch, projectId, assign } = await twoClients();
    await assign(acme);
    await makeReady(database, { agencyId: agency.id, projectId });
    await share(database, { agencyId: agency.id, projectId }, acme);
    expect((await agency.get(`/projects/${projectId}`)).as(answers.project)).toMatchObject({
      sharing: { state: 'shared' },
      badges: { report: { value: 'published' } },
    });
    const moved = (await assign(how === 'unassigned' ? null : birch)).as(answers.project);
    expect(moved).toMatchObject({ sharing: { state: 'disabled' }, badges: { report: { value: 'ready_for_publish' } } });
    expect(await sharingRow(database, agency.id, projectId)).toMatchObject({ state: 'disabled', token_hash: null });
  });

  test.each([(id: string) => id, (id: string) => id.toUpperCase()])(
    'assigned to the client that has it stays as it is, however the id is written (%#)',
    async (written) => {
      const { agency, acme, projectId, assign } = await twoClients();
      await assign(acme);
      await share(database, { agencyId: agency.id, projectId }, acme);
      expect((await assign(written(acme))).as(answers.project)).toMatchObject({ clientId: acme, sharing: { state: 'shared' } });
      expect(await events(database, agency.id, 'project.moved', 'sharing.ended')).toEqual([]);
    },
  );

  test('assigned to a client whose onboarding waits for one lets it go on, seen as its third step', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const { client, onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    expect(await agency.put(`/projects/${projectId}/client`, { clientId: client.id })).toMatchObject({ status: 200, body: { clientId: client.id } });
    const { steps } = await agency.onboardingIn('waiting_for_status', onboarding.id);
    expect(steps[2]).toMatchObject({ name: 'assign_project', state: 'done' });
    expect(await events(database, agency.id, 'project.assigned')).toMatchObject([{ project_id: projectId, client_id: client.id }]);
  });

  test.each(['unassigned', 'moved to another client'])('that is %s sends the onboarding of the client that had it back to wait for one', async (how) => {
    const { agency, birch, projectId } = await twoClients();
    const { client, onboarding } = (await agency.post('/clients', { name: 'Cedar' })).as(answers.onboarded);
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    await agency.put(`/projects/${projectId}/client`, { clientId: client.id });
    await agency.onboardingIn('waiting_for_status', onboarding.id);
    await agency.put(`/projects/${projectId}/client`, { clientId: how === 'unassigned' ? null : birch });
    const waiting = await agency.onboardingIn('waiting_for_project', onboarding.id);
    expect(waiting.blockers).toMatchObject([{ code: 'NO_PROJECT_YET' }]);
  });
});

describe('refuses to assign', () => {
  test('to an archived client, with CLIENT_ARCHIVED', async () => {
    const { agency, projectId } = await twoClients();
    const { client, onboarding } = (await agency.post('/clients', { name: 'Cedar' })).as(answers.onboarded);
    await agency.post(`/onboardings/${onboarding.id}/cancel`);
    expect(await agency.put(`/projects/${projectId}/client`, { clientId: client.id })).toMatchObject(refusal('CLIENT_ARCHIVED'));
  });

  test("to another agency's client just as to one that is not there, with NOT_FOUND", async () => {
    const [{ assign }, other] = [await twoClients(), await twoClients()];
    const foreign = await assign(other.acme);
    expect(foreign).toMatchObject(refusal('NOT_FOUND'));
    expect(withoutRequestId(foreign)).toBe(withoutRequestId(await assign(newClientId())));
  });

  test("another agency's project just as one that is not there, with PROJECT_BELONGS_TO_ANOTHER_AGENCY", async () => {
    const [{ agency, acme }, other] = [await twoClients(), await twoClients()];
    for (const clientId of [acme, null]) {
      const foreign = await agency.put(`/projects/${other.projectId}/client`, { clientId });
      expect(foreign).toMatchObject(refusal('PROJECT_BELONGS_TO_ANOTHER_AGENCY'));
      expect(withoutRequestId(foreign)).toBe(withoutRequestId(await agency.put(`/projects/${newProjectId()}/client`, { clientId })));
    }
    expect((await other.agency.get(`/projects/${other.projectId}`)).as(answers.project).clientId).toBeNull();
  });

  test("another agency's project to a client that waits for one, with the same words", async () => {
    const [agency, other] = [await newTenant(api), await twoClients()];
    const { client, onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    const refused = await agency.put(`/projects/${other.projectId}/client`, { clientId: client.id });
    expect(refused).toMatchObject(refusal('PROJECT_BELONGS_TO_ANOTHER_AGENCY'));
    await agency.onboardingIn('waiting_for_project', onboarding.id);
  });

  test('to nobody by leaving the client out: null must be said', async () => {
    const { agency, projectId } = await twoClients();
    const refused = await agency.put(`/projects/${projectId}/client`, {});
    expect(refused).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(refused.as(answers.problem).errors?.map(({ pointer }) => pointer)).toEqual(['/clientId']);
  });
});
