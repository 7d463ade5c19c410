import { describe, expect, test } from 'vitest';
import { deliverReport } from '../../activities/deliver-report.ts';
import { readableOnPaper } from '../../domain/accent-color.ts';
import { legalBoundary } from '../../domain/report-document.ts';
import { refusal } from '../harness/answers.ts';
import { type Answer, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { showLogo, svgLogo } from '../harness/logo.ts';
import { openProject, reportInput } from '../harness/project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;

const internal = { contactEmail: 'ops@acme.example', externalReference: 'HS-1042', notes: 'pays late' };
const finding = {
  severity: 'high' as const,
  category: 'Transport security',
  title: 'Pages <b>without</b> HSTS',
  affectedUrl: 'https://acme.example/',
  evidence: 'no header',
  recommendation: 'Send it.',
};

/** An agency with a brand, and a client of it with a project and a report that is blocked from going out. */
async function furnished() {
  const agency = await newTenant(api, { whiteLabel: true });
  await agency.put('/brand', { reportBrand: 'Northwind', accentColor: '#0a6b5c', footer: 'Northwind Studio' });
  const { clientId } = await activeClient(database, agency.id, internal);
  const projectId = await openProject(database, agency.id, { clientId });
  const report = reportInput({ agencyId: agency.id, projectId }, { title: 'Risk report of Acme', domain: 'acme.example', findings: [finding] });
  await deliverReport(database.worker, { ...report, gates: { ...report.gates, redaction: { state: 'blocked', reason: 'a name is in it' } } });
  return { agency, clientId, projectId };
}

const policyOf = ({ headers }: Answer) => headers.get('content-security-policy') ?? '';

describe.each(['report', 'print'])('the preview of the %s', (surface) => {
  test('is the page that a client would see, under the brand that is set, before anything is shared', async () => {
    const { agency, projectId } = await furnished();
    const answer = await agency.get(`/projects/${projectId}/preview/${surface}`);
    expect(answer).toMatchObject({ status: 200 });
    for (const said of ['Risk report of Acme', 'acme.example', 'Northwind', 'Northwind Studio', '#0a6b5c', 'without', legalBoundary[0]])
      expect(answer.text).toContain(said);
    expect(answer.text).not.toContain('<b>without');
    for (const unsaid of [...Object.values(internal), 'a name is in it']) expect(answer.text).not.toContain(unsaid);
  });

  test('may be framed by the app alone, runs nothing and is kept by nobody', async () => {
    const { agency, projectId } = await furnished();
    const answer = await agency.get(`/projects/${projectId}/preview/${surface}`);
    expect(policyOf(answer)).toMatch(/^default-src 'none'/);
    expect(policyOf(answer)).toContain("frame-ancestors 'self'");
    expect(policyOf(answer)).not.toContain('script-src');
    expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });
});

test('the preview of the portal leads to the preview of the report, with what is tried out', async () => {
  const { agency, projectId } = await furnished();
  const portal = await agency.get(`/projects/${projectId}/preview/portal?reportBrand=Acme%20by%20Northwind`);
  const [, path = ''] = /href="([^"]+)"/.exec(portal.text) ?? [];
  expect(portal.text).toContain('Risk report of Acme');
  expect(path).toBe(`/v1/agencies/${agency.id}/projects/${projectId}/preview/report?reportBrand=Acme%20by%20Northwind`);
  expect((await agency.get(path.replace(`/v1/agencies/${agency.id}`, ''))).text).toContain('Acme by Northwind');
});

test('the preview of the PDF is a file with the logo in it', async () => {
  const { agency, projectId } = await furnished();
  const preview = async () =>
    api.app.request(`/v1/agencies/${agency.id}/projects/${projectId}/preview/pdf`, { headers: { authorization: `Bearer ${agency.key}` } });
  const plain = await (await preview()).arrayBuffer();
  await uploadLogo(agency);
  const answer = await preview();
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const branded = Buffer.from(await answer.arrayBuffer());
  expect(branded.subarray(0, 5).toString()).toBe('%PDF-');
  expect(branded.length).toBeGreaterThan(plain.byteLength);
});

test('nothing is shared, counted or written by looking', async () => {
  const { agency, projectId } = await furnished();
  const before = await events(database, agency.id);
  for (const surface of ['portal', 'report', 'print', 'pdf'])
    expect(await agency.get(`/projects/${projectId}/preview/${surface}`)).toMatchObject({ status: 200 });
  expect(await events(database, agency.id)).toEqual(before);
  expect(await database.admin.selectFrom('share_tokens').selectAll().where('agency_id', '=', agency.id).execute()).toEqual([]);
});

test.each(['report', 'print', 'pdf'])('without a report there is no %s to preview', async (surface) => {
  const agency = await newTenant(api);
  const projectId = await openProject(database, agency.id);
  const answer = await agency.get(`/projects/${projectId}/preview/${surface}`);
  expect(answer).toMatchObject(refusal('REPORT_NOT_READY'));
  expect(policyOf(answer)).toBe("default-src 'none'; frame-ancestors 'self'");
});

describe('a brand can be seen on a sample', () => {
  test('as it is set, or with something tried out that is set nowhere', async () => {
    const { agency } = await furnished();
    expect((await agency.get('/brand/preview/report')).text).toContain('Northwind Studio');
    const tried = await agency.get('/brand/preview/report?footer=New%20footer&accentColor=%23ffee00');
    expect(tried.text).toContain('New footer');
    expect(tried.text).toContain(readableOnPaper('#ffee00'));
    expect((await agency.get('/brand')).body).toMatchObject({ footer: 'Northwind Studio', accentColor: '#0a6b5c' });
  });

  test("as one client's reports show it", async () => {
    const { agency, clientId } = await furnished();
    await agency.put(`/clients/${clientId}/brand`, { reportBrand: 'Acme by Northwind' });
    const { text } = await agency.get(`/clients/${clientId}/brand/preview/portal`);
    expect(text).toContain('Acme by Northwind');
    expect(text).toContain('Northwind Studio');
  });

  test('with a logo that is served to whoever may see the preview', async () => {
    const agency = await newTenant(api, { whiteLabel: true });
    const hash = await showLogo(database, agency.id);
    expect((await agency.get('/brand/preview/report')).text).toContain(`src="/v1/agencies/${agency.id}/logos/${hash}"`);
  });

  test.each(['accentColor=red', 'reportBrand=Certified', 'footer=We%20guarantee%20it'])(
    'and is refused with %s, as it would be when it is set',
    async (query) => {
      const agency = await newTenant(api, { whiteLabel: true });
      expect(await agency.get(`/brand/preview/report?${query}`)).toMatchObject(refusal('VALIDATION_FAILED'));
    },
  );
});

async function uploadLogo({ id, key }: Tenant): Promise<void> {
  await api.send({ method: 'PUT', path: `/v1/agencies/${id}/brand/logo`, key, bytes: svgLogo(), headers: { 'content-type': 'image/svg+xml' } });
}
