import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findWebApp } from '../../api/web-app.ts';
import { webPaths } from '../../domain/web-path.ts';
import { refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { newTenant } from '../harness/tenant.ts';

const alone = await testApi();
const directory = await mkdtemp(join(tmpdir(), 'foyer-web-app-'));
afterAll(() => rm(directory, { recursive: true, force: true }));
await mkdir(join(directory, 'assets'));
await writeFile(
  join(directory, 'index.html'),
  '<!doctype html><title>Foyer</title><meta property="csp-nonce" nonce="__CSP_NONCE__"><meta name="single-sign-on" content="__SINGLE_SIGN_ON__">',
);
await writeFile(join(directory, 'assets', 'app-1a2b3c.js'), 'start();');
await writeFile(join(directory, 'assets', 'app-1a2b3c.js.gz'), 'compressed');
const api = await anotherApi(alone, { webAppDirectory: directory });

const aBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const get = (path: string, headers: Record<string, string> = aBrowser) => api.app.request(path, { headers });

describe('the web app', () => {
  test('is one page at each of its paths, never kept by a browser without asking', async () => {
    for (const path of webPaths.map((pattern) => pattern.replaceAll(/\$\w+/g, '0198c0de-0000-7000-8000-000000000000'))) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get('content-type'), path).toContain('text/html');
      expect(answer.headers.get('cache-control'), path).toBe('no-cache');
    }
  });

  test('comes with a nonce of this answer alone, in the page and in its policy, which lets nothing inline or foreign in', async () => {
    const nonceOf = async (answer: Response) => /nonce="([^"]+)"/.exec(await answer.text())?.[1];
    const first = await get('/agency');
    const nonce = await nonceOf(first);
    expect(nonce).toMatch(/^[\w+/=-]{16,}$/);
    expect(await nonceOf(await get('/agency'))).not.toBe(nonce);
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`'nonce-${nonce}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('http');
  });

  test('is told that there is no single sign-on where none is set up', async () => {
    expect(await (await get('/sign-in')).text()).toContain('name="single-sign-on" content="off"');
  });

  test('has files that are named by their content and kept for good, compressed where the browser takes that', async () => {
    const plain = await get('/assets/app-1a2b3c.js');
    expect(plain.headers.get('cache-control')).toContain('immutable');
    expect(await plain.text()).toBe('start();');
    const compressed = await get('/assets/app-1a2b3c.js', { 'accept-encoding': 'gzip' });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(compressed.headers.get('content-type')).toContain('javascript');
  });

  test('answers a browser at an unknown path with its own page and 404, and a file that is gone as not found', async () => {
    const unknown = await get('/clinets');
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('content-type')).toContain('text/html');
    const gone = await api.send({ method: 'GET', path: '/assets/app-of-yesterday.js', headers: aBrowser });
    expect(gone).toMatchObject(refusal('NOT_FOUND'));
    expect(gone.headers.get('cache-control')).toBe('no-store');
    expect((await get('/assets/../index.html.secret')).status).toBe(404);
  });

  test('leaves the paths of the API to problem documents, whoever asks', async () => {
    const { key } = await newTenant(api);
    for (const path of ['/v1/nothing', '/api/nothing']) {
      expect(await api.send({ method: 'GET', path, key, headers: aBrowser }), path).toMatchObject(refusal('NOT_FOUND'));
    }
    expect(await api.send({ method: 'GET', path: '/nothing' })).toMatchObject(refusal('NOT_FOUND'));
    expect(await api.send({ method: 'POST', path: '/agency', headers: aBrowser })).toMatchObject(refusal('NOT_FOUND'));
  });
});

describe('an API without a built web app', () => {
  test('is one where the directory has no page', async () => {
    expect(await findWebApp(directory)).toBe(directory);
    expect(await findWebApp(join(directory, 'assets'))).toBeUndefined();
  });

  test('answers its paths as not found', async () => {
    expect(await alone.send({ method: 'GET', path: '/agency', headers: aBrowser })).toMatchObject(refusal('NOT_FOUND'));
  });
});
