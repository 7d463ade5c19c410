import { describe, expect, onTestFinished, test } from 'vitest';
import { deliverReport } from '../../activities/deliver-report.ts';
import { createPdfPress } from '../../report/pdf-press.ts';
import { openAgency } from '../harness/agency.ts';
import { answers } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { showLogo } from '../harness/logo.ts';
import { readPdf } from '../harness/pdf.ts';
import { gates, reportInput } from '../harness/project.ts';
import { readyProject, type SharedLinks, shareProject, visit } from '../harness/shared-project.ts';
import { openKey, tenantWith } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const api = await testApi();
const { database } = api;

const findings = [
  {
    severity: 'low' as const,
    category: 'Disclosure',
    title: 'The server names its version',
    affectedUrl: 'javascript:alert(1)',
    evidence: 'Server: nginx/1.18.0\n<script>alert(1)</script>',
    recommendation: 'Switch it off.',
  },
  {
    severity: 'critical' as const,
    category: 'Access',
    title: 'An "open" door & a window',
    affectedUrl: 'https://acme.example/admin?a=1&b=2',
    evidence: 'It answers 200. Größe: Ωmega, Ёлка.',
    recommendation: 'Close it.',
  },
];

/** A shared report with all that may stand on it, and all that may not. */
async function sharedReport() {
  const client = {
    contactEmail: 'secret-contact@client.example',
    externalReference: 'SECRET-REFERENCE-1042',
    notes: 'secret notes about the client',
    name: 'Secret client name',
  };
  const project = await readyProject(api, { client, terms: { whiteLabel: true } });
  const { tenant, projectId } = project;
  const report = {
    title: 'Risk report for Acme',
    domain: 'acme.example',
    riskScore: 81.4,
    pagesScanned: 1234,
    findings,
    at: new Date(Date.now() + 1).toISOString(),
  };
  const gated = { ...gates(), scope: { state: 'passed' as const, reason: 'secret reason of a gate' } };
  await deliverReport(database.worker, reportInput({ agencyId: tenant.id, projectId }, { ...report, gates: gated }));
  const brand = { reportBrand: 'Northwind <b>Studio</b>', accentColor: '#0a6b5c', footer: 'Harbour Road 4\nKiel' };
  expect(await tenant.put('/brand', brand)).toMatchObject({ status: 200 });
  return { project, links: await shareProject(project) };
}
const { project, links } = await sharedReport();
const privately = [/secret/i, /billing/i, new RegExp(project.clientId), new RegExp(project.projectId), new RegExp(project.tenant.id)];

const forms: (keyof SharedLinks)[] = ['portal', 'public', 'print'];

describe.each(forms)('the %s page', (form) => {
  test('shows title, domain, brand and what the report is, and nothing private', async () => {
    const { status, text } = await visit(api, links[form]);
    expect(status).toBe(200);
    for (const shown of [
      'Risk report for Acme',
      'acme.example',
      'Northwind &lt;b&gt;Studio&lt;/b&gt;',
      'Harbour Road 4',
      'observed technical evidence, not a certification',
    ]) {
      expect(text).toContain(shown);
    }
    for (const hidden of privately) expect(text).not.toMatch(hidden);
  });

  test('needs no script, loads nothing of anybody else, and is listed and kept by nobody', async () => {
    const { text, headers } = await visit(api, links[form]);
    expect(text).not.toMatch(/<script/i);
    const addresses = [...text.matchAll(/\b(?:src|href|action)="([^"]*)"/g)].map(([, address]) => address ?? '');
    for (const address of addresses) expect(address).toMatch(/^\/(r|client-portal)\//);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+' 'sha256-[^']+'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
    expect(text).toContain('<meta name="robots" content="noindex, nofollow, noarchive">');
    expect(headers.has('set-cookie')).toBe(false);
  });
});

test('the report shows its findings by severity, with evidence and recommendation as text, whatever stands in them', async () => {
  const { text } = await visit(api, links.public);
  expect(text.indexOf('An &quot;open&quot; door &amp; a window')).toBeLessThan(text.indexOf('The server names its version</h4>'));
  expect(text).toContain('Server: nginx/1.18.0\n&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).not.toContain('href="javascript:');
  expect(text).toContain('1,234 pages of acme.example that anyone can open.');
  expect(text).toContain('very high');
});

test('the PDF says what the page says, with the brand and page numbers, tagged and in a language', async () => {
  const response = await api.app.request(new URL(links.pdf).pathname);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="report-acme.example.pdf"',
    'cache-control': 'private, no-store',
  });
  const pdf = await readPdf(await response.bytes());
  const text = pdf.pages.join(' ').replaceAll(/\s+/g, ' ');
  for (const shown of [
    'Risk report for Acme',
    'Northwind <b>Studio</b>',
    'An "open" door & a window',
    'Größe: Ωmega, Ёлка.',
    'Close it.',
    'not a certification',
  ]) {
    expect(text).toContain(shown);
  }
  for (const hidden of privately) expect(text).not.toMatch(hidden);
  expect(pdf).toMatchObject({ title: 'Risk report for Acme, Northwind <b>Studio</b>', language: 'en', tagged: true });
  expect(pdf.structure).toEqual(expect.arrayContaining(['H1', 'H2', 'H3', 'H4', 'P', 'L', 'LI', 'Lbl', 'LBody']));
  for (const [index, page] of pdf.pages.entries()) expect(page).toContain(`${index + 1} / ${pdf.pages.length}`);
});

test('the logo is on page and PDF, and served to whoever has the link alone', async () => {
  const shared = await readyProject(api);
  await showLogo(database, shared.tenant.id);
  const { public: page, portal } = await shareProject(shared);
  for (const link of [page, portal]) {
    expect((await visit(api, link)).text).toContain(`<img src="${new URL(link).pathname}/logo" alt="" width="120" height="40">`);
    const logo = await visit(api, `${link}/logo`);
    expect(logo.status).toBe(200);
    expect(logo.headers.get('content-type')).toBe('image/png');
  }
  await shared.tenant.put(shared.path, { enabled: false });
  for (const link of [page, portal]) expect((await visit(api, `${link}/logo`)).status).toBe(410);
});

describe('a portal', () => {
  test("lists what is shared with its client, each with its link, and nothing of the agency's other clients", async () => {
    const [first, other] = [await readyProject(api), await readyProject(api)];
    const second = await readyProject(api, first);
    const unshared = await readyProject(api, first);
    const foreign = await readyProject(api, { tenant: first.tenant });
    const [ofFirst, ofSecond] = [await shareProject(first), await shareProject(second)];
    for (const each of [foreign, other]) await shareProject(each);
    const { text } = await visit(api, ofFirst.portal);
    const listed = [...text.matchAll(/href="(\/r\/[\w-]+)"/g)].map(([, path]) => path);
    expect(listed.toSorted()).toEqual([ofFirst.public, ofSecond.public].map((link) => new URL(link).pathname).toSorted());
    expect(text).not.toContain(unshared.projectId);

    await second.tenant.put(second.path, { enabled: false });
    expect((await visit(api, ofFirst.portal)).text).not.toContain(new URL(ofSecond.public).pathname);
    expect((await visit(api, ofSecond.portal)).status).toBe(410);
  });

  test("is not opened by a report's token, nor a report by a portal's", async () => {
    const [token, portalToken] = [links.public, links.portal].map((link) => new URL(link).pathname.split('/').at(-1));
    expect((await visit(api, `https://foyer.example/client-portal/${token}`)).status).toBe(404);
    for (const form of ['', '/print', '/report.pdf', '/logo']) expect((await visit(api, `https://foyer.example/r/${portalToken}${form}`)).status).toBe(404);
  });
});

describe('a link that leads nowhere', () => {
  const nowhere = ['', '/print', '/report.pdf', '/logo'];

  test('answers 404 where it never was, with the same page to everybody', async () => {
    const bodies = new Set<string>();
    for (const token of ['x'.repeat(43), 'x', "'; drop table foyer.sharings; --", '%00', 'a'.repeat(5_000), '..%2f..%2fetc']) {
      for (const form of nowhere) {
        const answer = await visit(api, `https://foyer.example/r/${token}${form}`);
        expect(answer.status).toBe(404);
        expect(answer.headers.get('content-type')).toContain('text/html');
        bodies.add(answer.text);
      }
    }
    expect(bodies.size).toBe(1);
  });

  test('answers 410 where it was, with a page that says nothing about anyone', async () => {
    const shared = await readyProject(api, { client: { name: 'Vanished client' } });
    const gone = await shareProject(shared);
    await shared.tenant.put(shared.path, { enabled: false });
    const other = await readyProject(api);
    const otherGone = await shareProject(other);
    await other.tenant.put(`/projects/${other.projectId}/client`, { clientId: null });
    const pages = await Promise.all([gone.public, gone.portal, gone.print, gone.pdf, otherGone.public].map((link) => visit(api, link)));
    for (const { status, headers } of pages) {
      expect(status).toBe(410);
      expect(Object.fromEntries(headers)).toMatchObject({ 'x-robots-tag': 'noindex, nofollow, noarchive', 'cache-control': 'private, no-store' });
    }
    expect(new Set(pages.map(({ text }) => text)).size).toBe(1);
    expect(pages[0]?.text).toContain('This link has expired or was withdrawn.');
    expect(pages[0]?.text).not.toMatch(/Website risk report|site\.example|Agency|Vanished/);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('and one that leads somewhere takes no %s', async (method) => {
    expect((await visit(api, links.public, {}, method)).status).toBe(404);
  });
});

describe('a view', () => {
  const viewsOf = async ({ tenant, path }: Awaited<ReturnType<typeof readyProject>>) => (await tenant.get(path)).as(answers.sharing);

  test('is counted for everyone who reads the report in any of its forms, and the last one is known', async () => {
    const shared = await readyProject(api);
    const { public: page, print, pdf } = await shareProject(shared);
    for (const link of [page, page, print, pdf]) await visit(api, link);
    const seen = await until('four views are counted', async () => {
      const sharing = await viewsOf(shared);
      return sharing.views === 4 && sharing;
    });
    expect(Date.now() - Date.parse(seen.lastViewedAt ?? '')).toBeLessThan(10_000);
  });

  test('is not counted for machines, for a look ahead, nor for a look at the head alone', async () => {
    const shared = await readyProject(api);
    const { public: page, portal } = await shareProject(shared);
    for (const agent of ['Googlebot/2.1', 'Slackbot-LinkExpanding 1.0', 'facebookexternalhit/1.1', 'WhatsApp/2.23', 'Foyer-Outsider-Check/1 (bot)']) {
      expect((await visit(api, page, { 'user-agent': agent })).status).toBe(200);
    }
    for (const ahead of [{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }, { 'x-moz': 'prefetch' }]) await visit(api, page, ahead);
    expect((await visit(api, page, {}, 'HEAD')).text).toBe('');
    await visit(api, portal);
    await visit(api, page);
    await until('one view is counted', async () => (await viewsOf(shared)).views > 0);
    expect(await viewsOf(shared)).toMatchObject({ views: 1 });
  });

  test('by another client, before the project was theirs, is not counted for this one', async () => {
    const shared = await readyProject(api);
    const { public: page } = await shareProject(shared);
    await visit(api, page);
    await until('it is counted', async () => (await viewsOf(shared)).views === 1);
    const next = await readyProject(api, { tenant: shared.tenant });
    await shared.tenant.put(`/projects/${shared.projectId}/client`, { clientId: next.clientId });
    await shareProject(shared);
    expect(await viewsOf(shared)).toMatchObject({ views: 0, lastViewedAt: null });
  });
});

test('a report that lacks evidence leaves shared the one that was verified before it; the next verified one takes its place', async () => {
  const shared = await readyProject(api);
  const { public: page } = await shareProject(shared);
  const of = { agencyId: shared.tenant.id, projectId: shared.projectId };
  const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  await deliverReport(database.worker, reportInput(of, { title: 'A draft', gates: gates({ evidence: 'missing' }), at: later(1) }));
  expect((await visit(api, page)).text).toMatch(/Website risk report/);
  await deliverReport(database.worker, reportInput(of, { title: 'The next one', at: later(2) }));
  await until('the next one is shown', async () => /The next one/.test((await visit(api, page)).text), { timeoutMs: 2_000 });
});

test('no token is logged, and none stands in the clear in the database or in Temporal', async () => {
  const shared = await readyProject(api);
  const given = await shareProject(shared);
  for (const link of Object.values(given)) for (const opened of [link, link.replace(/\/(r|client-portal)\//, '/$1//')]) await visit(api, opened);
  const tokens = [given.public, given.portal].map((link) => new URL(link).pathname.split('/').at(-1) ?? '');
  const { events: history } = await api.temporal.workflow.getHandle(`share-report/${shared.tenant.id}/${shared.projectId}`).fetchHistory();
  const payloads = JSON.stringify(history, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value));
  const rows = await database.admin.selectFrom('sharings').selectAll().where('project_id', '=', shared.projectId).execute();
  const kept = JSON.stringify(rows, (_, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value));
  for (const token of tokens) {
    expect(token).toHaveLength(43);
    expect(JSON.stringify(api.logged)).not.toContain(token);
    expect(payloads).not.toContain(token);
    expect(kept).not.toContain(token);
  }
  expect(api.logged).toContainEqual(expect.objectContaining({ path: '/r/{token}', route: '/r/:token' }));
});

test('a PDF that would not be drawn in time is refused for the moment, in a page', async () => {
  const pdfs = createPdfPress({ queue: 0 });
  onTestFinished(() => pdfs.stop());
  const busy = await anotherApi(api, { pdfs });
  const { status, headers, text } = await visit(busy, links.pdf);
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toBe('2');
  expect(text).toContain('<h1>');
});

test('an agency without a brand is named by its account', async () => {
  const agencyId = await openAgency(database);
  const tenant = tenantWith(api, agencyId, await openKey(database, agencyId));
  const shared = await readyProject(api, { tenant });
  const { public: page } = await shareProject(shared);
  const { name } = await database.admin.selectFrom('accounts').select('name').where('id', '=', agencyId).executeTakeFirstOrThrow();
  expect((await visit(api, page)).text).toContain(name);
});
