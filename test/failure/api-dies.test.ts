import { describe, expect, test } from 'vitest';
import type { AgencyId } from '../../domain/ids.ts';
import { activeClient } from '../harness/client.ts';
import { crmEvent } from '../harness/crm.ts';
import { holdLock } from '../harness/held-lock.ts';
import { historyOf } from '../harness/history.ts';
import { entered, startUntil } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { type ApiProcess, newSetting, startApiProcess } from '../harness/processes.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { timersOnly } from '../harness/waits.ts';
import { eventCounts } from '../harness/written.ts';
import { type Line, openLine } from './line.ts';
import { type Agency, connectCrmAt, deliver, offboard, onboard, onboarded, openAgencyAt, send } from './requests.ts';

const stage = await openStage();
const { database } = stage;
const setting = { ...newSetting(database.urls), taskQueue: stage.taskQueue };

/** An API whose line to Temporal can be held; it has used it already, so that a request needs no handshake. */
async function startOnLine(line: Line): Promise<ApiProcess> {
  const api = await startApiProcess(setting, line);
  await until('it has reached Temporal', async () => (await send(api, { method: 'GET', path: '/readyz' })).status === 200);
  return api;
}

function clientsOf({ id }: Agency) {
  return database.admin
    .selectFrom('clients')
    .select(['id', 'state', 'external_reference'])
    .where('agency_id', '=', id as AgencyId)
    .execute();
}

describe.concurrent('an API that is killed', () => {
  test('after Temporal took the request and before it could answer: the same key gives the same onboarding, or offboarding', async () => {
    await using line = await openLine(stage.address);
    await using doomed = await startOnLine(line);
    const agency = await openAgencyAt(doomed, setting);
    const { clientId: leaverId } = await activeClient(database, agency.id as AgencyId, { contactEmail: 'contact@client.example' });
    line.hold('back');
    const unanswered = [onboard(doomed, agency, 'key-1'), offboard(doomed, agency, leaverId, 'key-2')].map((answer) => answer.catch((error: unknown) => error));
    // As soon as both are taken: some seconds later it would answer that Temporal does not.
    await until('both are taken', async () => {
      const { 'onboarding.started': begun, 'client.offboarding_scheduled': scheduled } = await eventCounts(database, agency.id as AgencyId);
      return begun === 2 && scheduled === 1;
    });
    await doomed.kill();
    for (const answer of await Promise.all(unanswered)) expect(answer).toBeInstanceOf(TypeError);
    await until('the client is active', async () => (await clientsOf(agency)).filter(({ state }) => state === 'active').length === 2);

    await using next = await startApiProcess(setting);
    const answers = [await onboard(next, agency, 'key-1'), await onboard(next, agency, 'key-1')];
    expect(answers).toMatchObject([{ status: 201 }, { status: 201 }]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(answers[1]?.headers.get('idempotency-replayed')).toBe('true');
    const leaving = [await offboard(next, agency, leaverId, 'key-2'), await offboard(next, agency, leaverId, 'key-2')];
    expect(leaving).toMatchObject([{ status: 201 }, { status: 201 }]);
    expect(leaving[0]?.body).toEqual(leaving[1]?.body);
    expect(await clientsOf(agency)).toHaveLength(2);
    const once = { 'onboarding.started': 2, 'client.created': 2, 'client.activated': 2, 'client.offboarding_scheduled': 1 };
    expect(await eventCounts(database, agency.id as AgencyId)).toMatchObject(once);
  });

  test('before its hint got through: the onboarding looks for itself', async () => {
    await using line = await openLine(stage.address);
    await using doomed = await startOnLine(line);
    const { id } = await openAgencyAt(doomed, setting, { clientLimit: 0 });
    // An agency's id is what it was opened as.
    const input = onboardingInput(id as AgencyId, { onLimit: 'wait', waiting: { ...timersOnly, recheckMs: 3_000 } });
    const onboarding = await startUntil(stage, 'waiting_for_allowance', input);
    line.hold('there');
    const plan = { state: 'active', clientLimit: 1, scansPerPeriod: 50, monitoredProjects: 10, whiteLabel: false, overageClients: 0 };
    const path = `/v1/operator/accounts/${id}/plan`;
    expect(await send(doomed, { method: 'PUT', path, key: setting.operatorKey, body: plan })).toMatchObject({ status: 200 });
    await doomed.kill();
    line.cut();

    await entered(onboarding, 'waiting_for_project');
    expect((await historyOf(onboarding.workflow)).some((event) => event.workflowExecutionSignaledEventAttributes)).toBe(false);
  });

  test('over a webhook: delivered again while it restarts and after, the deal is one client', async () => {
    await using line = await openLine(stage.address);
    await using doomed = await startOnLine(line);
    const agency = await openAgencyAt(doomed, setting);
    const connection = await connectCrmAt(doomed, agency);
    const deal = crmEvent({ externalReference: 'deal-1' });
    line.hold('back');
    const unanswered = deliver(doomed, connection, 'msg-1', deal).catch((error: unknown) => error);
    await until('the client is active', async () => (await clientsOf(agency))[0]?.state === 'active');
    await doomed.kill();
    await unanswered;
    await expect(deliver(doomed, connection, 'msg-1', deal)).rejects.toBeInstanceOf(TypeError);

    await using next = await startApiProcess(setting);
    await using beside = await startApiProcess(setting);
    const answers = await Promise.all([next, beside, next].map((api) => deliver(api, connection, 'msg-1', deal)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await clientsOf(agency)).toMatchObject([{ external_reference: 'deal-1', state: 'active' }]);
    expect(await eventCounts(database, agency.id as AgencyId)).toMatchObject({ 'onboarding.started': 1, 'client.created': 1 });
  });
});

describe.concurrent('an API that is told to stop', () => {
  test('answers what it was asked before it goes', async () => {
    await using api = await startApiProcess(setting);
    const agency = await openAgencyAt(api, setting);
    await using lock = await holdLock(database, 'select from plans where agency_id = $1 for no key update', [agency.id]);
    const answer = onboard(api, agency, 'key-1');
    await lock.wanted();
    const stopped = api.stop();
    await lock.release();

    expect(onboarded.parse((await answer).body).onboarding.state).toMatch(/running|waiting_for_project/);
    expect(await stopped).toBe('code 0');
    await expect(onboard(api, agency, 'key-2')).rejects.toBeInstanceOf(TypeError);
  });
});
