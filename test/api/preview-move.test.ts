import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient, pendingClient } from '../harness/client.ts';
import { newClientId } from '../harness/ids.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { makeReady, openProject, setBadge, share } from '../harness/project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';
import { tenantRows } from '../harness/tenant-rows.ts';

const api = await testApi();
const { database } = api;

const preview = async (agency: Tenant, projectId: string, clientId: string | null) =>
  agency.get(`/projects/${projectId}/move-preview${clientId ? `?clientId=${clientId}` : ''}`);

/** A client whose onboarding runs as far as it comes: to its project's status, or to the wait for one. */
async function onboarded(agency: Tenant, projectId: string | null) {
  const body = { name: `Client ${newClientId()}`, ...(projectId && { projectId }) };
  const { client, onboarding } = (await agency.post('/clients', body)).as(answers.onboarded);
  await agency.onboardingIn(projectId ? 'waiting_for_status' : 'waiting_for_project', onboarding.id);
  return { clientId: client.id, onboardingId: onboarding.id };
}

interface Situation {
  what: string;
  /** Is the project ready to share but for its client? */
  ready: boolean;
  /** Does the client that loses it have another one, and is that ready? */
  other: 'none' | 'unready' | 'ready';
  /** Who gets it. */
  to: 'a client that waits for a project' | 'a client that has its own' | 'nobody';
}

const situations: Situation[] = [
  { what: 'the only project of a client goes to one that waits', ready: false, other: 'none', to: 'a client that waits for a project' },
  { what: 'a ready project goes to a client that waits', ready: true, other: 'unready', to: 'a client that waits for a project' },
  { what: 'one of two projects goes to a client that waits for none', ready: false, other: 'ready', to: 'a client that has its own' },
  { what: 'the only project of a client is unassigned', ready: false, other: 'none', to: 'nobody' },
  { what: 'one of two projects is unassigned', ready: false, other: 'unready', to: 'nobody' },
];

describe('what a preview says is what the move does', () => {
  test.each(situations)('when $what', async ({ ready, other, to }) => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const loser = await onboarded(agency, projectId);
    await share(database, { agencyId: agency.id, projectId }, loser.clientId as never);
    // By the database alone, so that the loser's onboarding is not told and still waits.
    if (ready) await makeReady(database, { agencyId: agency.id, projectId });
    else await setBadge(database, { agencyId: agency.id, projectId }, 'fix', 'retest_failed');
    if (other !== 'none') {
      const otherId = await openProject(database, agency.id, { clientId: loser.clientId as never });
      if (other === 'ready') await makeReady(database, { agencyId: agency.id, projectId: otherId });
    }
    const winner = to === 'nobody' ? null : await onboarded(agency, to === 'a client that has its own' ? await openProject(database, agency.id) : null);
    const clientId = winner?.clientId ?? null;

    const before = await tenantRows(database, agency.id);
    const said = (await preview(agency, projectId, clientId)).as(answers.movePreview);
    expect(await tenantRows(database, agency.id)).toEqual(before);
    expect(said).toMatchObject({ move: to === 'nobody' ? 'unassigned' : 'moved', clientId: { from: loser.clientId, to: clientId } });
    expect(said).toMatchObject({ sharing: { ends: true }, reversible: false });

    const moved = (await agency.put(`/projects/${projectId}/client`, { clientId })).as(answers.project);
    expect({ report: moved.badges.report.value, readiness: moved.readiness }).toEqual({ report: said.badges.report.to, readiness: said.readiness });
    expect(moved.sharing.state).toBe('disabled');
    const touched = said.onboardings.map(({ id }) => id);
    for (const { id, state } of said.onboardings) await agency.onboardingIn(state.to, id);
    for (const each of [loser, ...(winner ? [winner] : [])].filter(({ onboardingId }) => !touched.includes(onboardingId))) {
      expect((await agency.get(`/onboardings/${each.onboardingId}`)).as(answers.onboarding).state).toBe('waiting_for_status');
    }
    expect(touched).toContain(loser.onboardingId);
    expect(touched.includes(winner?.onboardingId ?? '')).toBe(to === 'a client that waits for a project');
  });
});

describe('a preview', () => {
  test('of a move to where the project is says that nothing happens', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const { clientId } = await onboarded(agency, projectId);
    await share(database, { agencyId: agency.id, projectId }, clientId as never);
    expect((await preview(agency, projectId, clientId)).as(answers.movePreview)).toMatchObject({
      move: 'unchanged',
      sharing: { ends: false },
      onboardings: [],
    });
  });

  test('of an assignment ends no link, for there is none, and can be taken back unless an onboarding comes to its end with it', async () => {
    const agency = await newTenant(api);
    const { clientId } = await activeClient(database, agency.id);
    const projectId = await openProject(database, agency.id);
    const previewed = async (to: string) => (await preview(agency, projectId, to)).as(answers.movePreview);
    expect(await previewed(clientId)).toMatchObject({ move: 'assigned', sharing: { ends: false }, reversible: true });
    const waiting = await onboarded(agency, null);
    expect(await previewed(waiting.clientId)).toMatchObject({ onboardings: [{ state: { to: 'waiting_for_status' } }], reversible: true });
    await makeReady(database, { agencyId: agency.id, projectId });
    expect(await previewed(waiting.clientId)).toMatchObject({ onboardings: [{ state: { to: 'ready_to_share' } }], reversible: false });
  });

  test('is refused where the move would be', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    const { clientId } = await activeClient(database, agency.id);
    await agency.post(`/clients/${clientId}/archive`);
    const pending = await pendingClient(database, onboardingInput(agency.id));
    const archived = await preview(agency, projectId, clientId);
    expect(archived).toMatchObject(refusal('CLIENT_ARCHIVED'));
    expect(archived.as(answers.problem).nextAction.path).toBe(`/clients/${clientId}`);
    expect(await preview(agency, projectId, pending.clientId)).toMatchObject(refusal('NOT_FOUND'));
    expect(await preview(agency, newClientId(), clientId)).toMatchObject(refusal('NOT_FOUND'));
  });
});
