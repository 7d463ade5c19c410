import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { library } from '../../api/docs/library.ts';
import { docsFeedbackSchema } from '../../api/representations/docs-feedback.ts';
import { refusalCodes, refusals } from '../../domain/refusal.ts';
import { webPaths } from '../../domain/web-path.ts';
import { answers, refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';

const api = await testApi({ worker: false });
const { database } = api;
const get = (path: string) => api.app.request(path);
const paths = [...library.keys()];
const page = '/docs/accounts/manage-client-accounts';
const text = async (path: string) => (await get(path)).text();
const queue = z.object({ items: z.array(docsFeedbackSchema), nextCursor: z.string().nullable() });

/** Says it as another visitor each time, unless one is named. */
const say = (body: object, visitor: string = crypto.randomUUID()) =>
  api.send({ method: 'POST', path: '/v1/docs/feedback', body, headers: { 'user-agent': visitor } });
const operate = (method: string, path: string, body?: object) =>
  api.send({ method, path: `/v1/operator/docs-feedback${path}`, key: api.operatorKey, ...(body && { body }) });
const queued = async (query = '') => (await operate('GET', query)).as(queue).items;

describe.each(paths)('%s', (path) => {
  test('is a page with a title, to be read without script, asking nobody else for anything', async () => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    const html = await answer.text();
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).toContain(`<h1>${library.get(path)?.title}</h1>`);
    expect(html).not.toMatch(/<script|<style|\sstyle="|\son\w+="/);
    expect([...html.matchAll(/(?:src|href|action)="(https?:[^"]*)"/g)].map(([, address]) => address)).toEqual([]);
  });

  test('leads only to what is there', async () => {
    for (const address of linksOf(await text(path))) {
      const [to = '', anchor] = address.split('#');
      const target = to === '' ? path : to;
      if (webPaths.some((known) => known === target)) continue;
      const there = await get(target);
      expect(there.status, `${path} leads to ${address}`).toBe(200);
      if (anchor) expect(await there.text(), `${path} leads to ${address}`).toContain(` id="${anchor}"`);
    }
  });

  test('shows only pictures that are there, and says what is on them', async () => {
    for (const [tag] of (await text(path)).matchAll(/<img [^>]*>/g)) {
      const picture = await get(/src="([^"]+)"/.exec(tag)?.[1] ?? '');
      expect(picture.headers.get('content-type'), tag).toBe('image/png');
      expect(/alt="([^"]+)"/.exec(tag)?.[1], tag).toMatch(/\w+ \w+/);
    }
  });
});

function linksOf(html: string): string[] {
  return [...html.matchAll(/(?:href|action)="([^"]+)"/g)]
    .map(([, address]) => address ?? '')
    .filter((address) => address !== '/docs/feedback' && address !== '/favicon.svg');
}

test('every file of the guide is one of its pages', async () => {
  const files = await readdir(new URL('../../docs/guide/', import.meta.url), { recursive: true });
  expect(paths).toEqual(expect.arrayContaining(files.filter((file) => file.endsWith('.md')).map((file) => `/docs/${file.replace('.md', '')}`)));
});

test('the pages that the product names are there', () => {
  for (const name of ['manage-client-accounts', 'share-client-reports', 'white-label-controls']) expect(paths).toContain(`/docs/accounts/${name}`);
});

test.each(refusalCodes)('the page of %s shows the problem document as the API answers it', async (code) => {
  const html = await text(`/docs/refusals/${code}`);
  const [, example = ''] = /<code class="language-json">([^<]+)<\/code>/.exec(html) ?? [];
  const { status, title, nextAction } = refusals[code];
  expect(answers.problem.parse(JSON.parse(example.replaceAll('&quot;', '"')))).toMatchObject({
    type: `/docs/refusals/${code}`,
    code,
    status,
    title,
    nextAction,
  });
  for (const heading of ['When it happens', 'Why', 'What to do']) expect(html).toContain(`${heading}</h2>`);
});

test.each([
  '/docs/nowhere',
  '/docs/accounts',
  '/docs/refusals/no_such_code',
  '/docs/../package.json',
  '/docs/images/none.png',
  '/docs/images/..%2F..%2FREADME.md',
])('there is nothing at %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});

describe('feedback', () => {
  test('goes into the review queue with the page and the text that was read, and without who said it', async () => {
    const comment = `unclear ${crypto.randomUUID()}`;
    expect(await say({ page, helpful: false, comment }, 'a browser of mine')).toMatchObject({ status: 200, body: { recorded: true } });
    const said = (await queued()).find((item) => item.comment === comment);
    expect(said).toMatchObject({ page, pageVersion: library.get(page)?.version, helpful: false, state: 'open', note: null, reviewedAt: null });
    const row = await database.admin.selectFrom('docs_feedback').selectAll().where('comment', '=', comment).executeTakeFirstOrThrow();
    expect(JSON.stringify([row, api.logged])).not.toContain('a browser of mine');
  });

  test('of a visitor is taken once about each text of a page', async () => {
    const visitor = crypto.randomUUID();
    const before = (await queued(`?page=${page}`)).length;
    const recorded = await Promise.all([true, false, true].map((helpful) => say({ page, helpful }, visitor)));
    expect(recorded.map(({ body }) => (body as { recorded: boolean }).recorded).toSorted()).toEqual([false, false, true]);
    expect(await say({ page: '/docs', helpful: true }, visitor)).toMatchObject({ body: { recorded: true } });
    expect(await queued(`?page=${page}`)).toHaveLength(before + 1);
  });

  test.each(['/docs/nowhere', '/agency', 'https://elsewhere.example/docs', '/docs/../agency', ''])(
    'about %j, which is no page, is refused',
    async (nowhere) => {
      const answer = await say({ page: nowhere, helpful: true });
      expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
      expect(answer.as(answers.problem).errors).toMatchObject([{ pointer: '/page' }]);
    },
  );

  test('is limited for one address', async () => {
    const own = await anotherApi({ ...api, database });
    const many = await Promise.all(
      Array.from({ length: 25 }, (_, index) => own.app.request('/v1/docs/feedback', spoken(`visitor ${index}`), bindings('203.0.113.9'))),
    );
    const statuses = many.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });

  test('is sent by the form of a page, which then says thank you', async () => {
    const comment = `by form ${crypto.randomUUID()}`;
    const html = await text(page);
    expect(html).toContain('<form method="post" action="/docs/feedback">');
    const sent = await api.app.request('/docs/feedback', {
      method: 'POST',
      headers: { 'user-agent': crypto.randomUUID() },
      body: new URLSearchParams({ page, helpful: 'no', comment }),
    });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${page}?feedback=thanks#feedback`]);
    const thanked = await text(`${page}?feedback=thanks`);
    expect(thanked).toContain('Thank you');
    expect(thanked).toContain('id="feedback"');
    expect((await queued()).find((item) => item.comment === comment)).toMatchObject({ page, helpful: false });
  });

  test.each([{ page, helpful: 'perhaps' }, { page }, { page: '//elsewhere.example', helpful: 'yes' }])('sent by a form as %j is refused', async (fields) => {
    const sent = await api.app.request('/docs/feedback', { method: 'POST', body: new URLSearchParams(fields) });
    expect(sent.status).toBe(422);
  });
});

describe('the review queue', () => {
  test('is worked off: what is done is done, with a word about it, and can be opened again', async () => {
    const comment = `for review ${crypto.randomUUID()}`;
    await say({ page, helpful: false, comment });
    const { id } = (await queued('?state=open')).find((item) => item.comment === comment) ?? { id: '' };
    const reviewed = (await operate('PATCH', `/${id}`, { state: 'done', note: 'rewritten' })).as(docsFeedbackSchema);
    expect(reviewed).toMatchObject({ state: 'done', note: 'rewritten', reviewedAt: expect.any(String) });
    expect((await queued('?state=open')).map((item) => item.id)).not.toContain(id);
    expect(await queued('?state=done')).toContainEqual(reviewed);
    expect((await operate('PATCH', `/${id}`, { state: 'open' })).as(docsFeedbackSchema)).toMatchObject({ state: 'open', note: 'rewritten', reviewedAt: null });
  });

  test('has nothing where nobody said anything', async () => {
    expect(await operate('PATCH', `/${crypto.randomUUID()}`, { state: 'done' })).toMatchObject(refusal('NOT_FOUND'));
  });
});

const spoken = (visitor: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'user-agent': visitor },
  body: JSON.stringify({ page: '/docs', helpful: true }),
});

/** What the server says of a connection. */
const bindings = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });
