import { describe, expect, test } from 'vitest';
import { changePlan } from '../harness/agency.ts';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { type Answer, testApi } from '../harness/api.ts';
import { newTenant } from '../harness/tenant.ts';
import { eventCounts, slots } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const wasReplayed = ({ headers }: Answer) => headers.get('idempotency-replayed') === 'true';
const whole = (answer: Answer) => [answer.status, withoutRequestId(answer), answer.headers.get('etag'), answer.headers.get('location')];

describe('the same idempotency key', () => {
  test('twenty times at once is one onboarding and twenty equal answers', async () => {
    const agency = await newTenant(api);
    const request = { name: 'Acme', externalReference: 'HS-1' };
    const twenty = await Promise.all(times(20, () => agency.post('/clients', request, { 'idempotency-key': 'deal-1' })));
    expect(twenty[0]).toMatchObject({ status: 201 });
    expect(new Set(twenty.map((answer) => JSON.stringify(whole(answer)))).size).toBe(1);
    expect((await agency.get('/onboardings')).as(answers.onboardings).items).toHaveLength(1);
    expect((await agency.get('/clients')).as(answers.clients).items).toHaveLength(1);
    expect(await slots(database, agency.id)).toEqual({ used: 1, active: 1 });
    expect(await eventCounts(database, agency.id)).toMatchObject({ 'onboarding.started': 1, 'client.created': 1, 'client.activated': 1 });
  });

  test('twenty times at once at the limit is one refused onboarding and twenty equal refusals', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const twenty = await Promise.all(times(20, () => agency.post('/clients', { name: 'Acme' }, { 'idempotency-key': 'deal-1' })));
    expect(twenty[0]).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
    expect(new Set(twenty.map(withoutRequestId)).size).toBe(1);
    expect((await agency.get('/onboardings')).as(answers.onboardings).items).toMatchObject([{ state: 'refused' }]);
  });

  test('is answered byte for byte as the first time, marked as replayed, however the client went on', async () => {
    const agency = await newTenant(api);
    const send = () => agency.post('/clients', { name: 'Acme' }, { 'idempotency-key': 'deal-1' });
    const first = await send();
    const { onboarding } = first.as(answers.onboarded);
    await agency.post(`/onboardings/${onboarding.id}/cancel`);
    const again = await send();
    expect(whole(again)).toEqual(whole(first));
    expect(again.text).toBe(first.text);
    expect([first, again].map(wasReplayed)).toEqual([false, true]);
  });

  test('is refused as the first time, even when the cause has gone', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const send = (key: string) => agency.post('/clients', { name: 'Acme' }, { 'idempotency-key': key });
    const first = await send('deal-1');
    await changePlan(database, agency.id, { clientLimit: 1 });
    const again = await send('deal-1');
    expect(first).toMatchObject(refusal('CLIENT_LIMIT_REACHED'));
    expect(whole(again)).toEqual(whole(first));
    expect([first, again].map(wasReplayed)).toEqual([false, true]);
    expect(await send('deal-2')).toMatchObject({ status: 201 });
  });

  test('is the same request in other words: order of fields, blanks, what is left out', async () => {
    const agency = await newTenant(api);
    const headers = { 'idempotency-key': 'deal-1' };
    const first = await agency.post('/clients', { name: 'Acme', notes: 'n' }, headers);
    const again = await agency.post('/clients', { onLimit: 'refuse', notes: ' n', name: 'Acme ' }, headers);
    expect(again.text).toBe(first.text);
  });

  test('waiting at the limit, is answered 202 with the same onboarding', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const many = await Promise.all(times(5, () => agency.post('/clients', { name: 'Acme', onLimit: 'wait' }, { 'idempotency-key': 'deal-1' })));
    expect(new Set(many.map(({ text }) => text)).size).toBe(1);
    expect(many[0]).toMatchObject({ status: 202 });
  });

  test('waiting for the outcome and not, at once, is answered once', async () => {
    const agency = await newTenant(api);
    const send = (index: number) => agency.post('/clients', { name: 'Acme' }, { 'idempotency-key': 'deal-1', ...(index % 2 && { prefer: 'respond-async' }) });
    const many = await Promise.all(times(8, send));
    expect(new Set(many.map((answer) => JSON.stringify(whole(answer)))).size).toBe(1);
    expect((await agency.get('/onboardings')).as(answers.onboardings).items).toHaveLength(1);
  });

  test('with another body is refused with IDEMPOTENCY_KEY_REUSED and makes nothing', async () => {
    const agency = await newTenant(api);
    const headers = { 'idempotency-key': 'deal-1' };
    await agency.post('/clients', { name: 'Acme' }, headers);
    expect(await agency.post('/clients', { name: 'Other' }, headers)).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
    expect((await agency.get('/clients')).as(answers.clients).items).toHaveLength(1);
    expect(await agency.post('/clients', { name: 'Acme' }, headers)).toMatchObject({ status: 201 });
  });

  test('with two bodies at once is one onboarding of one of them', async () => {
    const agency = await newTenant(api);
    const bodies = times(10, (index) => ({ name: index % 2 ? 'Odd' : 'Even' }));
    const sent = await Promise.all(bodies.map(async (body) => ({ body, answer: await agency.post('/clients', body, { 'idempotency-key': 'deal-1' }) })));
    const [client, ...more] = (await agency.get('/clients')).as(answers.clients).items;
    expect(more).toEqual([]);
    for (const { body, answer } of sent) {
      if (body.name === client?.name) expect(answer).toMatchObject({ status: 201, body: { client: { id: client.id } } });
      else expect(answer).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
    }
  });

  test('on another operation is refused with IDEMPOTENCY_KEY_REUSED', async () => {
    const agency = await newTenant(api);
    const headers = { 'idempotency-key': 'deal-1' };
    await agency.post('/clients', { name: 'Acme' }, headers);
    expect(await agency.post('/projects', { name: 'Site', domain: 'acme.example' }, headers)).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
  });

  test('in another account is another request', async () => {
    const agencies = [await newTenant(api), await newTenant(api)];
    const sent = await Promise.all(agencies.map(({ post }) => post('/clients', { name: 'Acme' }, { 'idempotency-key': 'deal-1' })));
    expect(sent.map(wasReplayed)).toEqual([false, false]);
    const ids = sent.map((answer) => answer.as(answers.onboarded).client.id);
    expect(new Set(ids).size).toBe(2);
  });
});

test('without a key every request is a new one', async () => {
  const agency = await newTenant(api);
  const [first, again] = [await agency.post('/clients', { name: 'Acme' }), await agency.post('/clients', { name: 'Acme' })];
  expect([first.status, again.status]).toEqual([201, 409]);
});
