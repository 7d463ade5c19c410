import { expect, test } from 'vitest';
import type { AgencyId } from '../../domain/ids.ts';
import { testDatabase } from '../harness/database.ts';
import { type ApiProcess, newSetting, startApiProcess, startWorkerProcess } from '../harness/processes.ts';
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

  // As whoever is told that it passes does: asks again with the same key.
  const answerOf = (to: ApiProcess, key: string) =>
    until(`an answer to ${key}`, async () => {
      const answer = await onboard(to, agency, key);
      return answer.status !== 503 && answer;
    });
  const twins = await Promise.all(keys.map((key) => Promise.all([answerOf(api, key), answerOf(otherApi, key)])));

  for (const [one, other] of twins) {
    expect(one.status).toBe(other.status);
    // Active, or refused, or not yet decided when two busy workers take their time.
    expect([201, 202, 409]).toContain(one.status);
    if (one.status !== 409) expect(one.body).toEqual(other.body);
  }
  const agencyId = agency.id as AgencyId;
  await until('all are decided', async () => {
    const { 'client.activated': activated, 'onboarding.refused': refused } = await eventCounts(database, agencyId);
    return activated === 40 && refused === 10;
  });
  expect(await slots(database, agencyId)).toEqual({ used: 40, active: 40 });
  expect(await eventCounts(database, agencyId)).toMatchObject({
    'onboarding.started': 50,
    'client.created': 50,
    'client.activated': 40,
    'client.removed': 10,
    'onboarding.refused': 10,
  });
});
