import { describe, expect, test } from 'vitest';
import { testApi } from '../harness/api.ts';
import { newTenant } from '../harness/tenant.ts';

const api = await testApi({ worker: false });

const headersOf = async (path: string, key?: string) =>
  (await api.app.request(path, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })).headers;
const policyOf = async (path: string) => (await headersOf(path)).get('content-security-policy') ?? '';

describe.each([
  '/v1/me',
  '/v1/nowhere',
  '/api/auth/get-session',
  '/openapi.json',
  '/reference',
  '/docs/refusals/NOT_FOUND',
  '/healthz',
  '/metrics',
  '/nowhere',
])('%s', (path) => {
  test('comes with the headers that keep a page to itself', async () => {
    const headers = Object.fromEntries(await headersOf(path));
    expect(headers).toMatchObject({
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}/),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  test('comes with a policy that lets nothing of anybody else in, no script that stands in the page, and no frame around it', async () => {
    const policy = await policyOf(path);
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).toMatch(/base-uri 'none'/);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|blob:/);
    expect(policy.replace(/style-src [^;]*/, '')).not.toContain('unsafe-inline');
  });
});

test('styles that stand in a page need the answer’s own nonce, another one each time; the reference alone does without', async () => {
  const nonceOf = async (path: string) => /style-src 'self' 'nonce-([\w+/=]{20,})'/.exec(await policyOf(path))?.[1];
  const [first, second] = [await nonceOf('/nowhere'), await nonceOf('/nowhere')];
  expect(first).toBeDefined();
  expect(second).not.toBe(first);
  expect(await policyOf('/reference')).toContain("style-src 'self' 'unsafe-inline'");
  expect(await policyOf('/referenced')).not.toContain('unsafe-inline');
});

test('data loads nothing at all, whoever opens it in a browser', async () => {
  const { key } = await newTenant(api);
  const policy = (await headersOf('/v1/me', key)).get('content-security-policy');
  expect(policy).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
});
