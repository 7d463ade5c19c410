import { describe, expect, test } from 'vitest';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import { readAgency } from '../../db/read/agency.ts';
import { readInTenant } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { OnLimit } from '../../domain/onboarding.ts';
import type { PlanState } from '../../domain/plan.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { activeClient, type OnboardedClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { crmOnboardingInput, firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { clientRow, events, onboardingRow, slots, stepRow } from '../harness/written.ts';

const database = await testDatabase();

const pending = (agencyId: AgencyId) => pendingClient(database, onboardingInput(agencyId));
const check = (client: OnboardedClient, onLimit: OnLimit = 'refuse') => checkAllowance(database.worker, { ...client, onLimit, actor: tester }, firstRun());
const hourMs = 3_600_000;

describe('with a slot left', () => {
  test('reserves it and makes the client active', async () => {
    const agencyId = await openAgency(database);
    const client = await pending(agencyId);

    expect(await check(client)).toEqual({ outcome: 'reserved' });
    expect(await clientRow(database, agencyId, client.clientId)).toMatchObject({ state: 'active', version: 2 });
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
    expect(await stepRow(database, agencyId, client.onboardingId, 'check_allowance')).toMatchObject({ state: 'done', detail: null, attempts: 1 });
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'running', blockers: [] });
    expect(await events(database, agencyId, 'client.activated')).toMatchObject([
      { client_id: client.clientId, onboarding_id: client.onboardingId, actor: tester, before: { state: 'pending' }, after: { state: 'active' } },
    ]);
  });

  test('reserves one slot however often it runs', async () => {
    const agencyId = await openAgency(database);
    const client = await pending(agencyId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => check(client)));

    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ outcome: 'reserved' })));
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
    expect(await events(database, agencyId, 'client.activated')).toHaveLength(1);
  });

  test('takes no second slot for a client that holds one', async () => {
    const agencyId = await openAgency(database);
    const externalReference = 'deal-1';
    const first = await activeClient(database, agencyId, { externalReference });
    const second = await pendingClient(database, crmOnboardingInput(agencyId, { client: { name: first.input.client.name, externalReference } }));

    expect(await check(second)).toEqual({ outcome: 'reserved' });
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
    expect(await stepRow(database, agencyId, second.onboardingId, 'check_allowance')).toMatchObject({ state: 'skipped' });
    expect(await check(second)).toEqual({ outcome: 'reserved' });
  });

  test('counts overage as slots', async () => {
    const agencyId = await openAgency(database, { clientLimit: 1, overageClients: 2 });
    for (const _ of [1, 2, 3]) expect(await check(await pending(agencyId))).toEqual({ outcome: 'reserved' });
    expect(await check(await pending(agencyId))).toMatchObject({ outcome: 'refused' });
  });

  test("does not touch another agency's slots", async () => {
    const [agencyId, stranger] = [await openAgency(database), await openAgency(database)];
    await check(await pending(agencyId));
    expect(await slots(database, stranger)).toEqual({ used: 0, active: 0 });
  });
});

describe('with no slot left', () => {
  test('refuses the eleventh client on a plan of ten', async () => {
    const agencyId = await openAgency(database);
    for (let n = 0; n < 10; n++) await activeClient(database, agencyId);
    const eleventh = await pending(agencyId);

    const blocker = { code: 'CLIENT_LIMIT_REACHED', reason: '10 of 10 client slots are in use' };
    expect(await check(eleventh)).toEqual({ outcome: 'refused', blocker });
    expect(await clientRow(database, agencyId, eleventh.clientId)).toMatchObject({ state: 'pending' });
    expect(await slots(database, agencyId)).toEqual({ used: 10, active: 10 });
    expect(await stepRow(database, agencyId, eleventh.onboardingId, 'check_allowance')).toMatchObject({ state: 'refused', detail: 'CLIENT_LIMIT_REACHED' });
  });

  test('waits when it was asked to, and says so once', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const client = await pending(agencyId);
    const blocker = { code: 'CLIENT_LIMIT_REACHED', reason: '0 of 0 client slots are in use' };
    const answers = [await check(client, 'wait'), await check(client, 'wait'), await check(client, 'wait')];
    const sinceMs = (await onboardingRow(database, client.agencyId, client.onboardingId)).state_since.getTime();
    for (const answer of answers) expect(answer).toEqual({ outcome: 'waiting', blocker, sinceMs });

    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'waiting_for_allowance', blockers: [blocker] });
    expect(await stepRow(database, agencyId, client.onboardingId, 'check_allowance')).toMatchObject({ state: 'waiting', attempts: 3, finished_at: null });
    expect(await events(database, agencyId, 'onboarding.waiting')).toMatchObject([{ after: { for: 'allowance', code: 'CLIENT_LIMIT_REACHED' } }]);
  });

  test('keeps the time since which it waits', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const client = await pending(agencyId);
    await check(client, 'wait');
    const { state_since } = await onboardingRow(database, agencyId, client.onboardingId);
    await check(client, 'wait');
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state_since });
  });

  test('goes on when the plan grows', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const client = await pending(agencyId);
    await check(client, 'wait');
    await changePlan(database, agencyId, { clientLimit: 1 });
    expect(await check(client, 'wait')).toEqual({ outcome: 'reserved' });
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'running', blockers: [] });
  });

  test('goes on when another client gives its slot back', async () => {
    const agencyId = await openAgency(database, { clientLimit: 1 });
    const holder = await activeClient(database, agencyId);
    const client = await pending(agencyId);
    expect(await check(client, 'wait')).toMatchObject({ outcome: 'waiting' });
    await releaseAllowance(database.worker, { ...holder, actor: tester }, firstRun());
    expect(await check(client, 'wait')).toEqual({ outcome: 'reserved' });
  });

  test('keeps every client of a plan that shrank, and refuses new ones', async () => {
    const agencyId = await openAgency(database, { clientLimit: 3 });
    for (let n = 0; n < 3; n++) await activeClient(database, agencyId);
    await changePlan(database, agencyId, { clientLimit: 1 });

    expect(await check(await pending(agencyId))).toEqual({
      outcome: 'refused',
      blocker: { code: 'CLIENT_LIMIT_REACHED', reason: '3 of 1 client slots are in use' },
    });
    expect(await slots(database, agencyId)).toEqual({ used: 3, active: 3 });
    const agency = await readInTenant(database.api, { agencyId }, (reader) => readAgency(reader, agencyId));
    expect(agency?.clients).toEqual({ used: 3, limit: 1, overLimit: true });
  });
});

describe('the plan', () => {
  const inAnHour = () => new Date(Date.now() + hourMs);
  const anHourAgo = () => new Date(Date.now() - hourMs);

  test.each<[PlanState, string, () => Date]>([
    ['trialing', 'before its period ends', inAnHour],
    ['trialing', 'after its period ended', anHourAgo],
    ['active', 'before its period ends', inAnHour],
    ['active', 'after its period ended', anHourAgo],
    ['cancellation_scheduled', 'before its period ends', inAnHour],
  ])('grants a slot while %s, %s', async (state, _, periodEnd) => {
    const agencyId = await openAgency(database, { state, periodEnd: periodEnd() });
    expect(await check(await pending(agencyId))).toEqual({ outcome: 'reserved' });
  });

  test.each<[PlanState, string, () => Date]>([
    ['cancellation_scheduled', 'after its period ended', anHourAgo],
    ['past_due', 'before its period ends', inAnHour],
    ['cancelled', 'before its period ends', inAnHour],
  ])('grants nothing while %s, %s', async (state, _, periodEnd) => {
    const agencyId = await openAgency(database, { state, periodEnd: periodEnd() });
    const blocker = { code: 'AGENCY_PLAN_INELIGIBLE', reason: `plan is ${state}` };
    expect(await check(await pending(agencyId))).toEqual({ outcome: 'refused', blocker });
    expect(await check(await pending(agencyId), 'wait')).toMatchObject({ outcome: 'waiting', blocker });
  });

  test('takes nothing from whoever has it when it lapses', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    await changePlan(database, agencyId, { state: 'past_due' });
    expect(await check(client)).toEqual({ outcome: 'reserved' });
    expect(await clientRow(database, agencyId, client.clientId)).toMatchObject({ state: 'active' });
  });
});
