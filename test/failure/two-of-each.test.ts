import { expect, test } from 'vitest';
import type { AgencyId } from '../../domain/ids.ts';
import { testDatabase } from '../harness/database.ts';
import { newSetting, startApiProcess, startWorkerProcess } from '../harness/processes.ts';
import { until } from '../harness/until.ts';
import { eventCounts, slots } from '../harness/written.ts';
import { onboard, openAgencyAt } from './requests.ts';

const database = await testDatabase();

test('two APIs and two workers, the same fifty requests sent to both APIs at once: each happens once and is answered alike', async () => {
  const setting = newSetting(database.urls);
  await using _worker = await startWorkerProcess(setting);
  await using _otherWorker = await startWorkerProcess(setting);
  await using api = await startApiProcess(setting);
  await using otherApi = await startApiProcess(setting);
  const agency = await openAgencyAt(api, setting, { clientLimit: 40 });
  const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);

  const ask = (key: string) => Promise.all([onboard(api, agency, key), onboard(otherApi, agency, key)]);
  const twins = await Promise.all(keys.map(async (key) => ({ key, answers: await ask(key) })));
  const agencyId = agency.id as AgencyId;
  await until('all are decided', async () => {
    const { 'onboarding.waiting': waiting, 'onboarding.refused': refused } = await eventCounts(database, agencyId);
    return waiting === 40 && refused === 10;
  });

  for (const { key, answers } of twins) {
    // Of two that are told that it is not yet decided, by workers that take their time, one may be told so a moment before it is.
    const [one, other] = answers.some(({ status }) => status === 202) ? await ask(key) : answers;
    expect(one.status).toBe(other.status);
    expect([201, 409]).toContain(one.status);
    if (one.status !== 409) expect(one.body).toEqual(other.body);
  }
  expect(await slots(database, agencyId)).toEqual({ used: 40, active: 40 });
  expect(await eventCounts(database, agencyId)).toMatchObject({
    'onboarding.started': 50,
    'client.created': 50,
    'client.activated': 40,
    'client.removed': 10,
    'onboarding.refused': 10,
  });
});
