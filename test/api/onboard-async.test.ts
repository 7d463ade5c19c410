import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { connectCrm, crmEvent, deliver } from '../harness/crm.ts';
import { openEventStream } from '../harness/event-stream.ts';
import { startWorker } from '../harness/temporal.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

// Nobody works on these onboardings until a test starts a worker.
const api = await testApi({ worker: false });
const { database, taskQueue } = api;
const asynchronously = { prefer: 'respond-async' };

describe.concurrent('with no worker there', () => {
  test('"Prefer: respond-async" answers 202 with where to look, as soon as Temporal has the request', async () => {
    const agency = await newTenant(api);
    const answer = await agency.post('/clients', { name: 'Acme' }, asynchronously);
    expect(answer).toMatchObject({ status: 202 });
    const { onboarding } = answer.as(answers.accepted);
    expect(onboarding).toMatchObject({ state: 'running', source: 'api', clientId: null, blockers: [] });
    expect(answer.headers.get('preference-applied')).toBe('respond-async');
    expect(answer.headers.get('location')).toBe(`/v1/agencies/${agency.id}/onboardings/${onboarding.id}`);
  });

  test('the onboarding can be read and followed from the first moment', async () => {
    const agency = await newTenant(api);
    const { onboarding } = (await agency.post('/clients', { name: 'Acme', shareWhenReady: true }, asynchronously)).as(answers.accepted);
    expect(onboarding.shareWhenReady).toBe(true);
    const read = (await agency.get(`/onboardings/${onboarding.id}`)).as(answers.onboarding);
    // Whether it is to be shared, its workflow alone knows so far.
    expect({ ...read, createdAt: null, stateSince: null }).toEqual({ ...onboarding, shareWhenReady: null, createdAt: null, stateSince: null });
    await using stream = await openEventStream(api, { agencyId: agency.id, key: agency.key, onboardingId: onboarding.id });
    expect(await stream.next()).toMatchObject({ id: onboarding.id, state: 'running' });
  });

  test("it is another agency's secret", async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const { onboarding } = (await agency.post('/clients', { name: 'Acme' }, asynchronously)).as(answers.accepted);
    expect(await other.get(`/onboardings/${onboarding.id}`)).toMatchObject(refusal('NOT_FOUND'));
  });

  test('the same key is the same onboarding, and another body is refused', async () => {
    const agency = await newTenant(api);
    const headers = { ...asynchronously, 'idempotency-key': 'deal-1' };
    const [first, again] = [await agency.post('/clients', { name: 'Acme' }, headers), await agency.post('/clients', { name: 'Acme' }, headers)];
    expect(again.text).toBe(first.text);
    expect(await agency.post('/clients', { name: 'Other' }, headers)).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
  });

  test('an answer that was given and lost before the database had it is made again, byte for byte', async () => {
    const agency = await newTenant(api);
    const headers = { ...asynchronously, 'idempotency-key': 'deal-1' };
    const kept = database.admin.selectFrom('idempotency_keys').select('status').where('agency_id', '=', agency.id);
    const first = await agency.post('/clients', { name: 'Acme' }, headers);
    await until('the answer is kept', async () => (await kept.execute())[0]?.status === 202);
    await database.admin.updateTable('idempotency_keys').set({ status: null, answer: null }).where('agency_id', '=', agency.id).execute();

    const again = await agency.post('/clients', { name: 'Acme' }, headers);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await kept.execute()).toEqual([{ status: 202 }]);
  });

  test('a caller that waits is told after five seconds where to look, and not that it was its wish', async () => {
    const agency = await newTenant(api);
    const answer = await agency.post('/clients', { name: 'Acme' });
    expect(answer).toMatchObject({ status: 202, body: { onboarding: { state: 'running' } } });
    expect(answer.headers.get('location')).toContain('/onboardings/');
    expect(answer.headers.get('preference-applied')).toBeNull();
  });
});

test('a worker that comes later takes up what was asked for', async () => {
  const agency = await newTenant(api);
  const { onboarding } = (await agency.post('/clients', { name: 'Acme' }, asynchronously)).as(answers.accepted);
  await using _worker = await startWorker({ taskQueue, database });
  const { clientId } = await agency.onboardingIn('waiting_for_project', onboarding.id);
  expect(await agency.get(`/clients/${clientId}`)).toMatchObject({ status: 200, body: { name: 'Acme', state: 'active' } });
});

test('a CRM that has a deal won and changes its client before a worker comes is not ignored: the client is made, and then as it was changed', async () => {
  const agency = await newTenant(api);
  const connection = await connectCrm(agency);
  const at = (minute: number) => ({ timestamp: new Date(Date.now() + minute * 60_000).toISOString() });
  const won = await deliver(api, connection, { event: crmEvent({ externalReference: 'HS-1', name: 'Acme' }, at(0)) });
  const { onboardingId } = won.as(answers.taken);
  const change = { event: crmEvent({ externalReference: 'HS-1', name: 'Acme GmbH' }, { type: 'client.updated', ...at(1) }), id: 'msg_2' };
  for (const delivered of [change, change]) {
    expect(await deliver(api, connection, delivered)).toMatchObject({ status: 202, body: { onboardingId } });
  }
  await using _worker = await startWorker({ taskQueue, database });
  const { clientId } = await agency.onboardingIn('waiting_for_project', onboardingId);
  await until('the change is applied', async () => (await agency.get(`/clients/${clientId}`)).as(answers.client).name === 'Acme GmbH');
});
