import { describe, expect, test } from 'vitest';
import { createRequestLimits } from '../../api/request-limits.ts';
import { refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant, openKey, tenantWith } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;
/** An API where a caller may ask ten times at once, an account twenty times, and each once more a second, on a clock that is set by hand. */
async function limited() {
  let now = 1_000;
  const limits = createRequestLimits({ perCaller: 1, perAccount: 2 }, () => now);
  const process = await anotherApi(api, { limits });
  const secondsPass = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { ...process, secondsPass };
}

const statuses = async (count: number, ask: () => Promise<{ status: number }>) => {
  const answers = await Promise.all(Array.from({ length: count }, ask));
  return { ok: answers.filter(({ status }) => status === 200).length, limited: answers.filter(({ status }) => status === 429).length };
};

describe('a caller that sends more than it may', () => {
  test('is refused with RATE_LIMITED, and is let through again after the time in Retry-After', async () => {
    const process = await limited();
    const { id, key } = await newTenant(api);
    const agency = tenantWith(process, id, key);
    expect(await statuses(15, () => agency.get('/clients'))).toEqual({ ok: 10, limited: 5 });
    const answer = await agency.get('/clients');
    expect(answer).toMatchObject(refusal('RATE_LIMITED'));
    expect(answer.headers.get('retry-after')).toBe('1');
    process.secondsPass(1);
    expect(await statuses(3, () => agency.get('/clients'))).toEqual({ ok: 1, limited: 2 });
  });

  test('leaves other callers of its account alone, until all of them together send more than the account may', async () => {
    const process = await limited();
    const { id } = await newTenant(api);
    const keys = await Promise.all(Array.from({ length: 4 }, () => openKey(database, id)));
    const [one, two, three, four] = keys.map((key) => tenantWith(process, id, key));
    expect(await statuses(12, () => one?.get('/clients') ?? Promise.reject())).toEqual({ ok: 10, limited: 2 });
    expect(await statuses(8, () => two?.get('/clients') ?? Promise.reject())).toEqual({ ok: 8, limited: 0 });
    expect(await statuses(5, () => three?.get('/clients') ?? Promise.reject())).toEqual({ ok: 2, limited: 3 });
    expect(await four?.get('/clients')).toMatchObject(refusal('RATE_LIMITED'));
  });

  test('does not touch another account, and cannot use it up from outside', async () => {
    const process = await limited();
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    for (let index = 0; index < 4; index++) {
      const key = await openKey(database, agency.id);
      await statuses(10, () => tenantWith(process, other.id, key).get('/clients'));
    }
    expect(await statuses(10, () => tenantWith(process, other.id, other.key).get('/clients'))).toEqual({ ok: 10, limited: 0 });
  });

  test('may be a person', async () => {
    const process = await limited();
    const { id } = await newTenant(api);
    const person = await openPerson({ ...process, database }, id, { role: 'viewer' });
    expect(await statuses(12, () => person.get(`/v1/agencies/${id}/clients`))).toEqual({ ok: 10, limited: 2 });
  });

  test('fills no history with it', async () => {
    const { id, key } = await newTenant(api);
    const agency = tenantWith(await limited(), id, key);
    await Promise.all(Array.from({ length: 30 }, () => agency.post('/clients', { name: '' })));
    expect(await events(database, id, 'attempt.refused')).toHaveLength(10);
  });
});

test('what needs no credential is not limited by it', async () => {
  const process = await limited();
  expect(await statuses(40, () => process.send({ method: 'GET', path: '/healthz' }))).toEqual({ ok: 40, limited: 0 });
});
