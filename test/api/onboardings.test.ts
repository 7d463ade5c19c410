import { expect, test } from 'vitest';
import type { OnboardingState } from '../../domain/onboarding.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';

const api = await testApi();
const { database } = api;

test('an onboarding tells each step with its times and attempts, in order', async () => {
  const agency = await newTenant(api);
  const projectId = await openProject(database, agency.id);
  const { client, onboarding } = (await agency.post('/clients', { name: 'Acme', projectId })).as(answers.onboarded);
  const { steps, ...rest } = await agency.onboardingIn('waiting_for_status', onboarding.id);
  expect(steps.map(({ name, state }) => [name, state])).toEqual([
    ['create_account', 'done'],
    ['check_allowance', 'done'],
    ['assign_project', 'done'],
    ['verify_status', 'waiting'],
  ]);
  const times = steps.flatMap(({ startedAt, finishedAt }) => [startedAt, finishedAt]).filter((time) => time !== null);
  expect(times).toHaveLength(7);
  expect(times).toEqual(times.toSorted());
  for (const { attempts } of steps) expect(attempts).toBeGreaterThanOrEqual(1);
  expect(steps[3]?.detail).toBe('SCAN_NOT_COMPLETED, REPORT_NOT_READY');
  expect(rest).toMatchObject({ source: 'api', clientId: client.id });
  expect(Date.parse(rest.stateSince)).toBeGreaterThanOrEqual(Date.parse(rest.createdAt));
});

test('an onboarding that waits for a project tells how often the account was reminded, when it is again, and when it stalls', async () => {
  const agency = await newTenant(api);
  const { id } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded).onboarding;
  const days = (from: string, count: number) => new Date(Date.parse(from) + count * 86_400_000).toISOString();
  const { projectWait, stateSince, workflowId } = await agency.onboardingIn('waiting_for_project', id);
  expect(projectWait).toEqual({ remindersSent: 0, nextReminderAt: days(stateSince, 3), stallsAt: days(stateSince, 30) });
  const wasReminded = (change: { reminders_sent: number; state?: 'stalled' }) =>
    database.admin.updateTable('onboardings').set(change).where('workflow_id', '=', workflowId).execute();
  await wasReminded({ reminders_sent: 3 });
  expect(await agency.get(`/onboardings/${id}`)).toMatchObject({
    body: { projectWait: { remindersSent: 3, nextReminderAt: null, stallsAt: days(stateSince, 30) } },
  });
  await wasReminded({ reminders_sent: 3, state: 'stalled' });
  expect(await agency.get(`/onboardings/${id}`)).toMatchObject({ body: { projectWait: { remindersSent: 3, nextReminderAt: null, stallsAt: null } } });
});

test('an onboarding that began before sharing when ready was recorded does not say that it is not wanted', async () => {
  const agency = await newTenant(api);
  const { id } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded).onboarding;
  expect((await agency.onboardingIn('waiting_for_project', id)).shareWhenReady).toBe(false);
  await database.admin.updateTable('onboardings').set({ share_when_ready: null }).where('agency_id', '=', agency.id).execute();
  expect(await agency.get(`/onboardings/${id}`)).toMatchObject({ body: { shareWhenReady: null } });
});

test('an onboarding that is not there is NOT_FOUND', async () => {
  const agency = await newTenant(api);
  expect(await agency.get(`/onboardings/${crypto.randomUUID()}`)).toMatchObject(refusal('NOT_FOUND'));
});

test('the list of onboardings is newest first, by state and in pages', async () => {
  const agency = await newTenant(api, { clientLimit: 3 });
  const projectId = await openProject(database, agency.id);
  await makeReady(database, { agencyId: agency.id, projectId });
  const ready = (await agency.post('/clients', { name: 'Ready', projectId })).as(answers.onboarded).onboarding.id;
  const waiting = (await agency.post('/clients', { name: 'Waiting' })).as(answers.onboarded).onboarding.id;
  const cancelled = (await agency.post('/clients', { name: 'Cancelled' })).as(answers.onboarded).onboarding.id;
  await agency.post(`/onboardings/${cancelled}/cancel`);
  await agency.onboardingIn('ready_to_share', ready);
  await agency.onboardingIn('waiting_for_project', waiting);

  const list = async (query: string) => (await agency.get(`/onboardings${query}`)).as(answers.onboardings);
  const byState: [OnboardingState, string[]][] = [
    ['ready_to_share', [ready]],
    ['waiting_for_project', [waiting]],
    ['cancelled', [cancelled]],
    ['stalled', []],
  ];
  for (const [state, ids] of byState) expect((await list(`?state=${state}`)).items.map(({ id }) => id)).toEqual(ids);

  const first = await list('?limit=2');
  const rest = await list(`?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([cancelled, waiting, ready]);
  expect(rest.nextCursor).toBeNull();
  expect(first.items[1]).toEqual((await agency.get(`/onboardings/${waiting}`)).as(answers.onboarding));
});

test('the open onboardings come by the longest wait, each with its client’s name, by blocker and in pages', async () => {
  const agency = await newTenant(api);
  const projectId = await openProject(database, agency.id);
  const forStatus = (await agency.post('/clients', { name: 'For status', projectId })).as(answers.onboarded).onboarding.id;
  await agency.onboardingIn('waiting_for_status', forStatus);
  const forProject = (await agency.post('/clients', { name: 'For a project' })).as(answers.onboarded).onboarding.id;
  await agency.onboardingIn('waiting_for_project', forProject);
  const cancelled = (await agency.post('/clients', { name: 'Cancelled' })).as(answers.onboarded).onboarding.id;
  await agency.post(`/onboardings/${cancelled}/cancel`);

  const list = async (query: string) => (await agency.get(`/onboardings?open=true${query}`)).as(answers.onboardings);
  expect((await list('')).items.map(({ id, clientName }) => [id, clientName])).toEqual([
    [forStatus, 'For status'],
    [forProject, 'For a project'],
  ]);
  const first = await list('&limit=1');
  expect([...first.items, ...(await list(`&limit=1&cursor=${first.nextCursor}`)).items].map(({ id }) => id)).toEqual([forStatus, forProject]);
  expect((await list('&blocker=NO_PROJECT_YET')).items.map(({ id }) => id)).toEqual([forProject]);
  expect((await list('&blocker=CLIENT_LIMIT_REACHED')).items).toEqual([]);
  expect((await agency.get('')).body).toMatchObject({ onboardings: { open: 2, needPeople: 1 } });
  expect((await agency.get('/onboardings?needPeople=true')).as(answers.onboardings).items.map(({ id }) => id)).toEqual([forProject]);
  expect(await agency.get('/onboardings?blocker=NO_SUCH')).toMatchObject(refusal('VALIDATION_FAILED'));
});
