import { expect, test } from 'vitest';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import type { OnLimit } from '../../domain/onboarding.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { activeClient, type OnboardedClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { events, slots } from '../harness/written.ts';

const database = await testDatabase();

const check = (client: OnboardedClient, onLimit: OnLimit) => checkAllowance(database.worker, { ...client, onLimit, actor: tester }, firstRun());
const archive = (client: OnboardedClient) => releaseAllowance(database.worker, { ...client, actor: tester }, firstRun());
const many = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));

test.each<OnLimit>(['refuse', 'wait'])('of forty onboardings at once on seven slots exactly seven get one, told to %s', async (onLimit) => {
  const agencyId = await openAgency(database, { clientLimit: 5, overageClients: 2 });
  const clients = await many(40, () => pendingClient(database, onboardingInput(agencyId)));
  const answers = await Promise.all(clients.map((client) => check(client, onLimit)));

  expect(answers.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(7);
  expect(answers.filter(({ outcome }) => outcome !== 'reserved')).toHaveLength(33);
  expect(await slots(database, agencyId)).toEqual({ used: 7, active: 7 });
  expect(await events(database, agencyId, 'client.activated')).toHaveLength(7);
});

test('two runs of the same onboarding on the last slot do not refuse it to themselves', async () => {
  const agencyId = await openAgency(database, { clientLimit: 1 });
  const client = await pendingClient(database, onboardingInput(agencyId));
  expect(await many(5, () => check(client, 'refuse'))).toEqual(Array.from({ length: 5 }, () => ({ outcome: 'reserved' })));
  expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
});

test('archiving a client twenty times at once frees one slot', async () => {
  const agencyId = await openAgency(database);
  const [client] = [await activeClient(database, agencyId), await activeClient(database, agencyId)];
  await many(20, () => archive(client));
  expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  expect(await events(database, agencyId, 'client.archived')).toHaveLength(1);
});

test('the limit holds while the plan shrinks under the onboardings', async () => {
  const agencyId = await openAgency(database, { clientLimit: 20 });
  const clients = await many(20, () => pendingClient(database, onboardingInput(agencyId)));
  const [, ...answers] = await Promise.all([changePlan(database, agencyId, { clientLimit: 5 }), ...clients.map((client) => check(client, 'refuse'))]);

  const reserved = answers.filter(({ outcome }) => outcome === 'reserved').length;
  expect(reserved).toBeGreaterThanOrEqual(5);
  expect(await slots(database, agencyId)).toEqual({ used: reserved, active: reserved });
});

test('counter and clients agree after onboardings, archives and plan changes all at once', async () => {
  const agencyId = await openAgency(database, { clientLimit: 8 });
  const holders = await many(8, () => activeClient(database, agencyId));
  const waiters = await many(24, () => pendingClient(database, onboardingInput(agencyId)));

  await Promise.all([
    ...waiters.map((client) => check(client, 'wait')),
    ...holders.map(archive),
    changePlan(database, agencyId, { clientLimit: 6 }),
    changePlan(database, agencyId, { state: 'past_due' }).then(() => changePlan(database, agencyId, { state: 'active' })),
  ]);
  const midway = await slots(database, agencyId);
  expect(midway.used).toBe(midway.active);

  await changePlan(database, agencyId, { clientLimit: 12 });
  await Promise.all(waiters.map((client) => check(client, 'wait')));
  expect(await slots(database, agencyId)).toEqual({ used: 12, active: 12 });
});
