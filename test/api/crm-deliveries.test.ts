import { expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { type Connection, connectCrm, crmEvent, deliver } from '../harness/crm.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';

const api = await testApi();
const { database } = api;
const deliveries = async (agency: Tenant, { id }: Connection, query = '') =>
  (await agency.get(`/crm-connections/${id}/deliveries${query}`)).as(answers.deliveries);
const listed = async (agency: Tenant) => (await agency.get('/crm-connections')).as(answers.connections).items[0];

test('what came in is listed, newest first, with what became of it', async () => {
  const agency = await newTenant(api);
  const connection = await connectCrm(agency);
  const deal = { event: crmEvent({ externalReference: 'HS-1' }), id: 'msg_1' };
  const { onboardingId } = (await deliver(api, connection, deal)).body as { onboardingId: string };
  await deliver(api, connection, deal);
  await deliver(api, connection, { event: { type: 'deal.lost' }, id: 'msg_2' });
  await deliver(api, connection, { event: crmEvent({ externalReference: '' }), id: 'msg_3' });
  await deliver(api, connection, { event: 'no JSON', id: 'msg_4' });
  await deliver(api, connection, { event: { type: 'deal\0lost' }, id: 'msg_5' });

  const won = { messageId: 'msg_1', type: 'deal.won', outcome: 'onboarding', onboardingId, reason: null };
  expect((await deliveries(agency, connection)).items).toMatchObject([
    { messageId: 'msg_5', type: 'deal\ufffdlost', outcome: 'ignored' },
    { messageId: 'msg_4', type: null, outcome: 'refused', onboardingId: null, reason: 'the body is not JSON that can be read' },
    { messageId: 'msg_3', type: 'deal.won', outcome: 'refused', onboardingId: null, reason: 'VALIDATION_FAILED' },
    { messageId: 'msg_2', type: 'deal.lost', outcome: 'ignored', onboardingId: null, reason: 'events of this type start nothing' },
    { ...won, replayed: true },
    { ...won, replayed: false },
  ]);
});

test('the list goes on behind its cursor', async () => {
  const agency = await newTenant(api);
  const connection = await connectCrm(agency);
  for (const id of ['msg_1', 'msg_2', 'msg_3']) await deliver(api, connection, { event: { type: 'deal.lost' }, id });
  const first = await deliveries(agency, connection, '?limit=2');
  const rest = await deliveries(agency, connection, `?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...rest.items].map(({ messageId }) => messageId)).toEqual(['msg_3', 'msg_2', 'msg_1']);
  expect(rest.nextCursor).toBeNull();
});

test('of messages whose signature does not hold only the last time is kept', async () => {
  const agency = await newTenant(api);
  const connection = await connectCrm(agency);
  expect(await listed(agency)).toMatchObject({ lastDeliveryAt: null, lastUnverifiedAt: null });
  const forged = { ...connection, secret: 'whsec_Zm9yZ2Vk' };
  expect(await deliver(api, forged, { event: crmEvent({ externalReference: 'HS-1' }) })).toMatchObject(refusal('UNAUTHENTICATED'));
  expect(await listed(agency)).toMatchObject({ lastDeliveryAt: null, lastUnverifiedAt: expect.any(String) });
  expect((await deliveries(agency, connection)).items).toEqual([]);
});

test('a test event is signed, verified and listed, and starts nothing', async () => {
  const agency = await newTenant(api);
  const connection = await connectCrm(agency);
  const answer = await agency.post(`/crm-connections/${connection.id}/test`);
  expect(answer).toMatchObject({ status: 200, body: { messageId: expect.any(String), ignored: expect.any(String) } });
  const { messageId } = answer.body as { messageId: string };
  expect((await deliveries(agency, connection)).items).toMatchObject([{ messageId, type: 'foyer.test', outcome: 'ignored', replayed: false }]);
  expect(await listed(agency)).toMatchObject({ lastDeliveryAt: expect.any(String) });
  expect((await agency.get('/onboardings')).as(answers.onboardings).items).toEqual([]);
});

test('what came in more than thirty days ago is let go with the next message', async () => {
  const agency = await newTenant(api);
  const connection = await connectCrm(agency);
  await deliver(api, connection, { event: { type: 'deal.lost' }, id: 'msg_1' });
  const old = new Date(Date.now() - 31 * 24 * 60 * 60_000);
  await database.admin
    .updateTable('crm_deliveries')
    .set({ created_at: old as never })
    .where('agency_id', '=', agency.id)
    .execute();
  await deliver(api, connection, { event: { type: 'deal.lost' }, id: 'msg_2' });
  expect((await deliveries(agency, connection)).items).toMatchObject([{ messageId: 'msg_2' }]);
});

test("another agency's connection, and one that was deleted, are not there", async () => {
  const [agency, other] = [await newTenant(api), await newTenant(api)];
  const connection = await connectCrm(agency);
  for (const path of ['deliveries', 'test'] as const) {
    const ask = (by: Tenant) => (path === 'test' ? by.post : by.get)(`/crm-connections/${connection.id}/${path}`);
    expect(await ask(other)).toMatchObject(refusal('NOT_FOUND'));
  }
  await agency.delete(`/crm-connections/${connection.id}`);
  expect(await agency.get(`/crm-connections/${connection.id}/deliveries`)).toMatchObject(refusal('NOT_FOUND'));
  expect(await agency.post(`/crm-connections/${connection.id}/test`)).toMatchObject(refusal('NOT_FOUND'));
});
