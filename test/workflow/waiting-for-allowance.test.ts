import { describe, expect, test } from 'vitest';
import type { AgencyId } from '../../domain/ids.ts';
import { recheckSignal } from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { entered, type Onboarding, start, startUntil } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly, timersOnly } from '../harness/waits.ts';
import { clientRow, events, onboardingRow, slots, stepRow } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;

const waiter = (agencyId: AgencyId, waiting = hintsOnly) => onboardingInput(agencyId, { onLimit: 'wait', waiting });
const recheck = ({ workflow }: Onboarding) => workflow.signal(recheckSignal, { because: 'the plan changed' });
const many = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));

describe.concurrent('with no slot left', () => {
  test('an onboarding that may wait does, and says for what', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const { onboardingId, clientId } = await startUntil(stage, 'waiting_for_allowance', waiter(agencyId));

    const blockers = [{ code: 'CLIENT_LIMIT_REACHED', reason: '0 of 0 client slots are in use' }];
    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({ state: 'waiting_for_allowance', blockers });
    expect(await stepRow(database, agencyId, onboardingId, 'check_allowance')).toMatchObject({ state: 'waiting', detail: 'CLIENT_LIMIT_REACHED' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'pending' });
  });

  test('it goes on when it is told that the plan grew', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await startUntil(stage, 'waiting_for_allowance', waiter(agencyId));
    await changePlan(database, agencyId, { clientLimit: 1 });
    await recheck(onboarding);

    await entered(onboarding, 'waiting_for_project');
    expect(await clientRow(database, agencyId, onboarding.clientId)).toMatchObject({ state: 'active' });
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });

  test('it goes on when another client’s onboarding is cancelled and its slot is free', async () => {
    const agencyId = await openAgency(database, { clientLimit: 1 });
    const holder = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
    const onboarding = await startUntil(stage, 'waiting_for_allowance', waiter(agencyId));
    await stage.gateway.cancelOnboarding(holder.workflowId, holder.input.actor);
    await recheck(onboarding);

    await entered(onboarding, 'waiting_for_project');
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });

  test('it goes on by its timer alone when nobody tells it', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await startUntil(stage, 'waiting_for_allowance', waiter(agencyId, timersOnly));
    await changePlan(database, agencyId, { clientLimit: 1 });
    await entered(onboarding, 'waiting_for_project');
  });

  test('a plan that is not eligible is waited for too, and the reason is brought up to date', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const onboarding = await startUntil(stage, 'waiting_for_allowance', waiter(agencyId));
    await changePlan(database, agencyId, { clientLimit: 1, state: 'past_due' });
    await recheck(onboarding);
    await until('the reason is the plan', async () => {
      const { blockers } = await onboardingRow(database, agencyId, onboarding.onboardingId);
      return blockers[0]?.code === 'AGENCY_PLAN_INELIGIBLE';
    });
    await changePlan(database, agencyId, { state: 'active' });
    await recheck(onboarding);
    await entered(onboarding, 'waiting_for_project');
  });

  test('looking again in vain writes nothing into the history', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const { onboardingId } = await startUntil(stage, 'waiting_for_allowance', waiter(agencyId, timersOnly));
    await until('it has looked five times', async () => (await stepRow(database, agencyId, onboardingId, 'check_allowance')).attempts >= 5);
    expect(await events(database, agencyId, 'onboarding.waiting')).toHaveLength(1);
  });
});

describe.concurrent('of ten that wait', () => {
  test('exactly three go on when three slots are freed, and every slot has its client', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const waiters = await many(10, () => startUntil(stage, 'waiting_for_allowance', waiter(agencyId)));
    const looked = await Promise.all(waiters.map(({ onboardingId }) => stepRow(database, agencyId, onboardingId, 'check_allowance')));
    await changePlan(database, agencyId, { clientLimit: 3 });
    await Promise.all(waiters.map(recheck));

    await until('all ten have looked again', async () => {
      const now = await Promise.all(waiters.map(({ onboardingId }) => stepRow(database, agencyId, onboardingId, 'check_allowance')));
      return now.every(({ attempts }, index) => attempts > (looked[index]?.attempts ?? 0));
    });
    const rows = await Promise.all(waiters.map(({ onboardingId }) => onboardingRow(database, agencyId, onboardingId)));
    expect(rows.filter(({ state }) => state === 'waiting_for_allowance')).toHaveLength(7);
    expect(await slots(database, agencyId)).toEqual({ used: 3, active: 3 });
    expect(await events(database, agencyId, 'client.activated')).toHaveLength(3);
  });

  test('the timers alone let as many go on as there are slots', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const waiters = await many(6, () => start(stage, waiter(agencyId, timersOnly)));
    await Promise.all(waiters.map((onboarding) => entered(onboarding, 'waiting_for_allowance')));
    await changePlan(database, agencyId, { clientLimit: 2 });
    await until('the slots are taken', async () => (await slots(database, agencyId)).used === 2);
    expect(await slots(database, agencyId)).toEqual({ used: 2, active: 2 });
  });
});
