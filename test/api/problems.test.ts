import { describe, expect, test } from 'vitest';
import { refusalCodes, refusals } from '../../domain/refusal.ts';
import { answers, refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { newTenant, tenantWith } from '../harness/tenant.ts';

const api = await testApi({ worker: false });
// The worker's role may not look up a key: an error that nobody foresaw.
const broken = await anotherApi(api, { db: api.database.worker, provokesErrors: true });
const get = (path: string) => api.app.request(path);

describe('a problem', () => {
  test("names its request as the answer's header and the log do, and is kept by no cache", async () => {
    const agency = await newTenant(api);
    const answer = await agency.get(`/clients/${agency.id}`);
    const { requestId, instance } = answer.as(answers.problem);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-request-id')).toBe(requestId);
    expect(instance).toBe(`urn:uuid:${requestId}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(api.logged.find((line) => line['requestId'] === requestId)).toMatchObject({ msg: 'request', refusal: 'NOT_FOUND', status: 404 });
  });

  test('says what is wrong field by field, all of it at once', async () => {
    const agency = await newTenant(api);
    const answer = await agency.post('/clients', { name: ' ', contactEmail: 'acme', projectId: 'x', onLimit: 'hope' });
    expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(answer.as(answers.problem).errors?.map(({ pointer }) => pointer)).toEqual(['/name', '/contactEmail', '/projectId', '/onLimit']);
  });

  test('of the API itself is 500, logged whole and told as nothing but its request id', async () => {
    const { id, key } = await newTenant(api);
    const answer = await tenantWith(broken, id, key).get('/clients');
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR', type: 'about:blank', nextAction: { label: expect.any(String) } } });
    expect(answer.text).not.toMatch(/permission|denied|select|foyer_|function/i);
    const { requestId } = answer.as(answers.problem);
    const logged = broken.logged.find((line) => line['requestId'] === requestId && line['msg'] === 'unexpected error');
    expect(JSON.stringify(logged)).toContain('permission denied');
    expect(JSON.stringify(logged)).not.toContain(key);
  });

  test('is what a path that leads nowhere answers, behind a key and before it', async () => {
    const { key } = await newTenant(api);
    expect(await api.send({ method: 'GET', path: '/nowhere' })).toMatchObject(refusal('NOT_FOUND'));
    expect(await api.send({ method: 'GET', path: '/v1/nowhere', key })).toMatchObject(refusal('NOT_FOUND'));
    expect(await api.send({ method: 'PATCH', path: '/v1/agencies', key })).toMatchObject(refusal('NOT_FOUND'));
    expect(await api.send({ method: 'GET', path: '/v1/nowhere' })).toMatchObject(refusal('UNAUTHENTICATED'));
  });
});

describe("a problem's type", () => {
  test.each(refusalCodes)('leads to a page that explains %s and says what to do', async (code) => {
    const page = await get(`/docs/refusals/${code}`);
    expect(page.status).toBe(200);
    const html = await page.text();
    for (const said of [code, refusals[code].title, refusals[code].nextAction.label.slice(0, 20)]) expect(html).toContain(said);
  });

  test.each(['NO_SUCH_CODE', '__proto__', 'constructor', '<script>'])('leads nowhere for %s, which is no code', async (code) => {
    expect((await get(`/docs/refusals/${encodeURIComponent(code)}`)).status).toBe(404);
  });
});

test("every answer forbids what a page of somebody else's could do with it", async () => {
  for (const path of ['/healthz', '/nowhere', '/v1/me', '/reference', '/docs/refusals/NOT_FOUND', '/openapi.json']) {
    const { headers } = await get(path);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by'), path).toBeNull();
  }
});
