import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';
import { startTemporal } from '../../dev/temporal.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { searchAttributes } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { offboardingInput, patient, startOffboarding } from '../harness/offboarding.ts';
import { startUntil } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { newSetting, startApiProcess, startWorkerProcess } from '../harness/processes.ts';
import { openStageWithoutWorker } from '../harness/stage.ts';
import { standStill } from '../harness/stand-still.ts';
import { until } from '../harness/until.ts';
import { timersOnly } from '../harness/waits.ts';
import { clientRow, eventCounts } from '../harness/written.ts';
import { onboard, onboarded, openAgencyAt, readOnboarding, send } from './requests.ts';

const database = await testDatabase();

/** A server that keeps what it knows in a file, to be killed and started again where it was. */
async function openTemporal() {
  const directory = await mkdtemp(join(tmpdir(), 'foyer-temporal-'));
  const options = { port: await freePort(), dbFilename: join(directory, 'temporal.db'), searchAttributes: Object.values(searchAttributes) };
  let server = await startTemporal(options);
  return {
    address: server.address,
    pause: () => standStill(server.pid),
    resume: () => process.kill(server.pid, 'SIGCONT'),
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    async start() {
      server = await startTemporal(options);
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

test('Temporal slow, killed and started again: waited for, then nothing half-made meanwhile, nothing lost after', async () => {
  await using temporal = await openTemporal();
  const stage = await openStageWithoutWorker(database, temporal.address);
  const setting = { ...newSetting(database.urls, temporal.address), taskQueue: stage.taskQueue };
  await using api = await startApiProcess(setting);
  await using _worker = await startWorkerProcess(setting);
  const agency = await openAgencyAt(api, setting, { clientLimit: 1 });
  const agencyId = agency.id as AgencyId;
  const ready = () => send(api, { method: 'GET', path: '/readyz' });
  await until('the API has reached Temporal', async () => (await ready()).status === 200);

  await temporal.pause();
  const [slow, notReady] = await Promise.all([onboard(api, agency, 'waits-for-project'), ready().finally(temporal.resume)]);
  expect(notReady).toMatchObject({ status: 503 });
  const { onboarding: forProject } = onboarded.parse(slow.body);
  expect(slow.status).toBe(201);
  const forSlot = await startUntil(stage, 'waiting_for_allowance', onboardingInput(agencyId, { onLimit: 'wait', waiting: timersOnly }));
  const leaver = await activeClient(database, await openAgency(database));
  const leaving = await startOffboarding(stage, offboardingInput(leaver.agencyId, leaver.clientId, { inMs: 4_000, policy: { ...patient, packKeptMs: 0 } }));
  const plan = { state: 'active', clientLimit: 3, scansPerPeriod: 50, monitoredProjects: 10, whiteLabel: false, overageClients: 0 };

  await temporal.kill();
  const killedAt = performance.now();
  const [refused, readiness] = await Promise.all([onboard(api, agency, 'meanwhile'), ready()]);
  expect(performance.now() - killedAt).toBeLessThan(3_000);
  expect(refused).toMatchObject({ status: 503, body: { code: 'TEMPORARILY_UNAVAILABLE' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(readiness).toMatchObject({ status: 503, body: { checks: { database: 'ok', temporal: 'failed' } } });
  expect(await readOnboarding(api, agency, forProject.id)).toMatchObject({ state: 'waiting_for_project' });
  // The plan grows, and there is nobody to take the hint.
  const path = `/v1/operator/accounts/${agency.id}/plan`;
  expect(await send(api, { method: 'PUT', path, key: setting.operatorKey, body: plan })).toMatchObject({ status: 200 });
  const { 'client.created': made } = await eventCounts(database, agencyId);
  expect(made).toBe(2);

  // The day on which a client leaves comes, and nobody tells the time.
  await until('the day has come', () => Date.now() > Date.parse(leaving.input.endsAt));
  expect(await clientRow(database, leaver.agencyId, leaver.clientId)).toMatchObject({ state: 'active' });

  await temporal.start();
  await until('the one that waits for a slot has looked for itself', async () => (await clientRow(database, agencyId, forSlot.clientId))?.state === 'active');
  const again = await until('the same request is taken', async () => {
    const answer = await onboard(api, agency, 'meanwhile');
    return answer.status !== 503 && answer;
  });
  expect(again.status).toBe(201);
  const site = { name: 'Site', domain: 'site.example', clientId: (await readOnboarding(api, agency, forProject.id)).clientId };
  expect(await send(api, { method: 'POST', path: `/v1/agencies/${agency.id}/projects`, key: agency.key, body: site })).toMatchObject({ status: 201 });
  await until('the one that waits for a project goes on', async () => (await readOnboarding(api, agency, forProject.id)).state === 'waiting_for_status');
  expect(await eventCounts(database, agencyId)).toMatchObject({ 'onboarding.started': 3, 'client.created': 3, 'client.activated': 3 });
  expect(await leaving.workflow.result()).toMatchObject({ state: 'done' });
  expect(await eventCounts(database, leaver.agencyId)).toMatchObject({ 'client.offboarding_scheduled': 1, 'client.archived': 1, 'client.offboarded': 1 });
});
