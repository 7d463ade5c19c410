import { expect, test } from 'vitest';
import type { AgencyId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { historyOf } from '../harness/history.ts';
import { start } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { openOwnPostgres } from '../harness/own-postgres.ts';
import { newSetting, startApiProcess, startWorkerProcess } from '../harness/processes.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStageWithoutWorker } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { eventCounts, slots, stepStates } from '../harness/written.ts';
import { onboard, openAgencyAt, send } from './requests.ts';

test('Postgres stopped and started again: everybody is told, and what runs goes on', async () => {
  await using postgres = await openOwnPostgres();
  const { database } = postgres;
  const stage = await openStageWithoutWorker(database);
  const setting = { ...newSetting(database.urls), taskQueue: stage.taskQueue };
  await using api = await startApiProcess(setting);
  await using worker = await startWorkerProcess(setting);
  const agency = await openAgencyAt(api, setting);
  expect(await onboard(api, agency, 'before')).toMatchObject({ status: 201 });
  const agencyId = await openAgency(database);
  const projectId = await openProject(database, agencyId);
  await makeReady(database, { agencyId, projectId });

  await postgres.stop();
  expect(await send(api, { method: 'GET', path: '/readyz' })).toMatchObject({ status: 503, body: { checks: { database: 'failed', temporal: 'ok' } } });
  expect(await send(api, { method: 'GET', path: '/healthz' })).toMatchObject({ status: 200 });
  const refused = [await onboard(api, agency, 'meanwhile'), await send(api, { method: 'GET', path: `/v1/agencies/${agency.id}`, key: agency.key })];
  for (const answer of refused) {
    expect(answer).toMatchObject({ status: 503, body: { code: 'TEMPORARILY_UNAVAILABLE' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  const onboarding = await start(stage, onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
  await until('its first step has failed', async () => {
    const { raw } = await onboarding.workflow.describe();
    return raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 1);
  });
  await worker.ready((log) => /"error":\{"type":"\w+","message":"[^"]+.*"msg":"Activity failed"/.test(log));

  await postgres.start();
  expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share' });
  expect(await stepStates(database, agencyId, onboarding.onboardingId)).toEqual(['done', 'done', 'done', 'done']);
  expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  expect((await historyOf(onboarding.workflow)).some((event) => event.workflowTaskFailedEventAttributes)).toBe(false);
  await until('the API is ready', async () => (await send(api, { method: 'GET', path: '/readyz' })).status === 200);
  expect(await onboard(api, agency, 'meanwhile')).toMatchObject({ status: 201 });
  expect(await eventCounts(database, agency.id as AgencyId)).toMatchObject({ 'onboarding.started': 2, 'client.created': 2 });
});
