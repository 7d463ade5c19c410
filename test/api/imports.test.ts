import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { importWorkflowId } from '../../workflows/contract.ts';
import { answers, refusal } from '../harness/answers.ts';
import { type ApiRequest, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { importRow, storedImport } from '../harness/import.ts';
import { openPerson } from '../harness/person.ts';
import { openProject } from '../harness/project.ts';
import { newTenant, openKey, type Tenant, tenantWith } from '../harness/tenant.ts';
import { tenantRows } from '../harness/tenant-rows.ts';
import { until } from '../harness/until.ts';
import { events } from '../harness/written.ts';

const api = await testApi();
const { database, temporal } = api;

/** A request to import a file, as it is sent. */
function fileRequest({ id, key }: Tenant, csv: string | Uint8Array<ArrayBuffer>, query = '', headers: Record<string, string> = {}): ApiRequest {
  const bytes = typeof csv === 'string' ? new TextEncoder().encode(csv) : csv;
  return { method: 'POST', path: `/v1/agencies/${id}/imports?${query}`, key, bytes, headers: { 'content-type': 'text/csv', ...headers } };
}

const send = (agency: Tenant, csv: string, query?: string, headers?: Record<string, string>) => api.send(fileRequest(agency, csv, query, headers));
const preview = async (agency: Tenant, csv: string, query = '') => (await send(agency, csv, `dryRun=true&${query}`)).as(answers.importPreview);

async function ended(agency: Tenant, importId: string) {
  return until('the import is through', async () => {
    const found = (await agency.get(`/imports/${importId}`)).as(answers.import);
    return found.finishedAt !== null && found;
  });
}

/** Imports the file and waits for its end. */
async function imported(agency: Tenant, csv: string, query = '') {
  const taken = await send(agency, csv, query);
  expect(taken.status).toBe(202);
  return ended(agency, taken.as(answers.takenImport).id);
}

const clientsOf = async (agency: Tenant) => (await agency.get('/clients')).as(answers.clients).items;

describe('a file', () => {
  test('becomes client accounts, each by an onboarding like any other, with every field as it stands there', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id, { domain: 'acme.example' });
    const csv =
      '\ufeffClient;E-Mail;External reference;Notes;Website;Phone\r\n"Acme; Söhne";ops@acme.example;HS-1;"two\r\nlines, ""quoted""";https://acme.example/de;1\r\n\r\nBirch;;;=1+2;;2\r\n';
    const taken = await send(agency, csv);
    expect(taken.status).toBe(202);
    const first = taken.as(answers.takenImport);
    expect(taken.headers.get('location')).toBe(`/v1/agencies/${agency.id}/imports/${first.id}`);
    expect(first).toMatchObject({ state: 'queued', total: 2, pending: 2, ignoredColumns: ['Phone'] });

    const done = await ended(agency, first.id);
    expect(done).toMatchObject({ state: 'done', total: 2, created: 2, updated: 0, refused: 0, pending: 0 });
    expect(done.rows.map(({ line, outcome, name }) => ({ line, outcome, name }))).toEqual([
      { line: 2, outcome: 'created', name: 'Acme; Söhne' },
      { line: 5, outcome: 'created', name: 'Birch' },
    ]);
    const [birch, acme] = (await clientsOf(agency)).toSorted((a, b) => (a.name < b.name ? 1 : -1));
    expect(acme).toMatchObject({ contactEmail: 'ops@acme.example', externalReference: 'HS-1', notes: 'two\nlines, "quoted"', state: 'active' });
    expect(birch).toMatchObject({ contactEmail: null, externalReference: null, notes: '=1+2' });
    expect((await agency.get(`/projects/${projectId}`)).as(answers.project).clientId).toBe(acme?.id);
    expect((await agency.get('/onboardings')).as(answers.onboardings).items.map(({ source }) => source)).toEqual(['import', 'import']);
    const [created] = await events(database, agency.id, 'client.created');
    expect(created?.actor).toMatchObject({ kind: 'import', id: first.id });
  });

  test('tells of each row that is wrong which line it is and what is wrong, and makes the others', async () => {
    const agency = await newTenant(api);
    const csv = `name,email,domain\nAcme,not an address,\n,a@b.example,\nBirch,,not a domain\nCedar, Inc,c@d.example,x\n"${'x'.repeat(201)}",,\nElm\n`;
    const done = await imported(agency, csv);
    expect(done).toMatchObject({ total: 6, created: 1, refused: 5 });
    expect(done.rows.map(({ line, outcome, code, detail }) => [line, outcome, code, detail?.split(':')[0]])).toEqual([
      [2, 'refused', 'VALIDATION_FAILED', 'contactEmail'],
      [3, 'refused', 'VALIDATION_FAILED', 'name'],
      [4, 'refused', 'VALIDATION_FAILED', 'domain'],
      [5, 'refused', 'VALIDATION_FAILED', 'has 4 values under 3 headings'],
      [6, 'refused', 'VALIDATION_FAILED', 'name'],
      [7, 'created', undefined, undefined],
    ]);
  });

  test('whose names and headings are cut in the middle of an emoji is taken like any other', async () => {
    const agency = await newTenant(api);
    const [name, heading] = ['x'.repeat(199), 'h'.repeat(99)];
    const taken = await send(agency, `name,${heading}😀\n${name}😀 and more,\nAcme,\n`);
    expect(taken.status).toBe(202);
    expect(taken.as(answers.takenImport).ignoredColumns).toEqual([heading]);
    const done = await ended(agency, taken.as(answers.takenImport).id);
    expect(done.rows).toMatchObject([
      { line: 2, outcome: 'refused', code: 'VALIDATION_FAILED', name },
      { line: 3, outcome: 'created', name: 'Acme' },
    ]);
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['nothing', ''],
    ['headings alone', 'name,email\n'],
    ['no column for the name', 'email\na@b.example\n'],
    ['two columns for the name', 'name,company\na,b\n'],
    ['a quote that is not closed', 'name\n"Acme\nBirch\n'],
    ['a quote that is not closed among the headings', 'name,"email\nAcme,\n'],
    ['more columns than one import takes', `name${',x'.repeat(200)}\nAcme\n`],
    ['a quote in the middle', 'name\nAc"me\n'],
    ['NUL', 'name\nAc\u0000me\n'],
    ['bytes that are no UTF-8', Uint8Array.from([110, 97, 109, 101, 10, 0xc3, 0x28])],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 110, 0, 97, 0, 109, 0, 101, 0])],
    ['more rows than one import takes', `name\n${'x\n'.repeat(5_001)}`],
  ])('of %s is refused as a whole, and nothing is stored', async (_, csv) => {
    const agency = await newTenant(api);
    const before = await tenantRows(database, agency.id);
    for (const query of ['', 'dryRun=true']) {
      const answer = await api.send(fileRequest(agency, csv, query));
      expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
      expect(answer.as(answers.problem).errors).toHaveLength(1);
    }
    expect(await tenantRows(database, agency.id)).toEqual(before);
  });

  test('in JSON is the same, its lines counted from one', async () => {
    const agency = await newTenant(api);
    const taken = await agency.post('/imports', {
      rows: [{ name: 'Acme', externalReference: 'HS-1' }, { name: 'Birch', contactEmail: 'nobody' }, { notes: 'x' }],
    });
    const done = await ended(agency, taken.as(answers.takenImport).id);
    expect(done.rows).toMatchObject([
      { line: 1, outcome: 'created' },
      { line: 2, outcome: 'refused', code: 'VALIDATION_FAILED' },
      { line: 3, outcome: 'refused', code: 'VALIDATION_FAILED' },
    ]);
  });
});

describe('a row', () => {
  test('with the reference of a client brings that up to date; with that of an archived one it is refused', async () => {
    const agency = await newTenant(api);
    const known = await activeClient(database, agency.id, { name: 'Acme', externalReference: 'HS-1', notes: 'old' });
    const gone = await activeClient(database, agency.id, { name: 'Gone', externalReference: 'HS-2' });
    await agency.post(`/clients/${gone.clientId}/archive`);
    const done = await imported(agency, 'name,reference,notes\nAcme GmbH,HS-1,new\nGone,HS-2,\nElm,HS-3,');
    expect(done).toMatchObject({ created: 1, updated: 1, refused: 1 });
    expect(done.rows).toMatchObject([
      { outcome: 'updated', clientId: known.clientId },
      { outcome: 'refused', code: 'CLIENT_ARCHIVED' },
      { outcome: 'created' },
    ]);
    expect((await agency.get(`/clients/${known.clientId}`)).as(answers.client)).toMatchObject({ name: 'Acme GmbH', notes: 'new', version: 3 });
  });

  test('that resembles a client, or an earlier row, is told and left out, unless it is to be made all the same', async () => {
    const agency = await newTenant(api);
    const { clientId } = await activeClient(database, agency.id, { name: 'Café Blau Ltd' });
    const csv = 'name,reference\nCAFE BLAU GmbH,\nCedar,C-1\nCedar Inc.,\nElm,c-1';
    expect((await imported(agency, csv)).rows).toMatchObject([
      { outcome: 'duplicate', clientId, name: 'CAFE BLAU GmbH', detail: 'resembles this client by name' },
      { outcome: 'created' },
      { outcome: 'duplicate', detail: 'says the same as line 3' },
      { outcome: 'duplicate', detail: 'says the same as line 3' },
    ]);
    const made = await imported(agency, 'name,reference\nCAFE BLAU GmbH,\nCedar Inc.,\nCafé Blau Ltd,\nFern,F-1\nFern & Co,F-1', 'onDuplicate=create');
    expect(made.rows).toMatchObject([
      { outcome: 'created' },
      { outcome: 'created' },
      { outcome: 'refused', code: 'CLIENT_NAME_TAKEN', clientId },
      { outcome: 'created' },
      { outcome: 'duplicate', detail: 'says the same as line 5' },
    ]);
  });

  test('waits for a slot and is made when there is one, without anybody asking again; or is refused, as it was asked for', async () => {
    const agency = await newTenant(api, { clientLimit: 1 });
    const { rows, ...done } = await imported(agency, 'name\nAcme\nBirch');
    expect(done).toMatchObject({ state: 'done', created: 1, waiting: 1 });
    const [made, waiting] = rows;
    expect(waiting).toMatchObject({ outcome: 'waiting', code: 'CLIENT_LIMIT_REACHED', clientId: expect.any(String) });

    expect((await imported(agency, 'name\nCedar', 'onLimit=refuse')).rows).toMatchObject([{ outcome: 'refused', code: 'CLIENT_LIMIT_REACHED' }]);
    await agency.post(`/clients/${made?.clientId}/archive`);
    await until('both are made', async () => (await agency.get(`/imports/${done.id}`)).as(answers.import).created === 2);
    expect((await agency.get(`/imports/${done.id}`)).as(answers.import).rows.find(({ line }) => line === waiting?.line)).toMatchObject({
      outcome: 'created',
      clientId: waiting?.clientId,
    });
  });
});

test('a dry run tells of every row what the import then does, and writes nothing', async () => {
  const agency = await newTenant(api, { clientLimit: 4 });
  await activeClient(database, agency.id, { name: 'Known', externalReference: 'HS-1' });
  await activeClient(database, agency.id, { name: 'Twin Ltd' });
  const csv = 'name,reference,email\nKnown & Co,HS-1,\nTwin,,\nAcme,,\nacme inc,,\nBirch,,nobody\nCedar,,\nDaphne,,\nElm,,';
  const before = await tenantRows(database, agency.id);
  const told = await preview(agency, csv);
  expect(await tenantRows(database, agency.id)).toEqual(before);
  expect(told).toMatchObject({ dryRun: true, total: 8, created: 2, updated: 1, duplicates: 2, refused: 1, waiting: 2, pending: 0 });

  const { rows } = await imported(agency, csv);
  const outcomes = (of: { line: number; outcome: string }[]) => of.map(({ line, outcome }) => [line, outcome]);
  expect(outcomes(rows)).toEqual(outcomes(told.rows));
  expect((await preview(agency, 'name\nZelkova', 'onLimit=refuse')).rows).toMatchObject([{ outcome: 'refused', code: 'CLIENT_LIMIT_REACHED' }]);
});

describe('exactly once', () => {
  test('the same key twice at once, and later again, is one import; another file under it is refused', async () => {
    const agency = await newTenant(api);
    const headers = { 'idempotency-key': randomUUID() };
    const csv = 'name\nAcme\nBirch';
    const both = await Promise.all([send(agency, csv, '', headers), send(agency, csv, '', headers)]);
    const [one, other] = both.map((answer) => answer.as(answers.takenImport).id);
    expect(one).toBe(other);
    await ended(agency, one ?? '');
    const again = await send(agency, csv, '', headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.as(answers.takenImport)).toMatchObject({ id: one, state: 'queued' });
    expect(await send(agency, 'name\nCedar', '', headers)).toMatchObject(refusal('IDEMPOTENCY_KEY_REUSED'));
    expect(await clientsOf(agency)).toHaveLength(2);
    expect((await agency.get('/imports')).as(answers.imports).items.map(({ id }) => id)).toEqual([one]);
  });

  test('the same file twice at once, under two keys, makes each client once', async () => {
    const agency = await newTenant(api, { clientLimit: 50 });
    const names = Array.from({ length: 12 }, (_, index) => `Client ${index},R-${index}`);
    const csv = `name,reference\n${names.join('\n')}`;
    const results = await Promise.all([imported(agency, csv), imported(agency, csv)]);
    expect(results.map(({ created, updated }) => created + updated)).toEqual([12, 12]);
    expect(results.reduce((sum, { created }) => sum + created, 0)).toBe(12);
    expect(await clientsOf(agency)).toHaveLength(12);
    expect((await agency.get()).body).toMatchObject({ clients: { used: 12 } });
  });
});

test('an import whose workflow was terminated can be cancelled: its rows are given up, and it ends', async () => {
  const agency = await newTenant(api);
  const importId = await storedImport(database, agency.id, [importRow({ name: 'Acme' }), importRow({ name: 'Birch' })]);
  const begun = await temporal.workflow.start('importClients', { taskQueue: 'nobody-works-here', workflowId: importWorkflowId(agency.id, importId) });
  await begun.terminate('by mistake');
  const answer = await agency.post(`/imports/${importId}/cancel`);
  expect(answer).toMatchObject({ status: 200, body: { state: 'cancelled', cancelled: 2 } });
  expect(await clientsOf(agency)).toEqual([]);
  expect(await events(database, agency.id, 'import.cancelled')).toMatchObject([{ actor: { label: 'Test key' }, after: { cancelled: 2 } }]);
  expect((await agency.post(`/imports/${importId}/cancel`)).text).toBe(answer.text);
});

test('an import is read a page of rows at a time, and by what they came to', async () => {
  const agency = await newTenant(api);
  const { id } = await imported(agency, 'name,email\nAcme,x\nBirch,\nCedar,x\nElm,');
  const read = async (query: string) => (await agency.get(`/imports/${id}?${query}`)).as(answers.import);
  const first = await read('limit=2');
  expect([first.rows.map(({ line }) => line), first.nextLine]).toEqual([[2, 3], 3]);
  const second = await read('limit=2&afterLine=3');
  expect([second.rows.map(({ line }) => line), second.nextLine]).toEqual([[4, 5], null]);
  expect((await read('outcome=refused')).rows.map(({ line }) => line)).toEqual([2, 4]);
});

test('a viewer, a member who sees some clients, and a key that only reads are refused', async () => {
  const agency = await newTenant(api);
  const { clientId } = await activeClient(database, agency.id);
  const people = await Promise.all([openPerson(api, agency.id, { role: 'viewer' }), openPerson(api, agency.id, { role: 'admin', clientIds: [clientId] })]);
  for (const { headers } of people) {
    const request = { ...fileRequest(agency, 'name\nAcme', 'dryRun=true'), key: undefined };
    expect(await api.send({ ...request, headers: { ...request.headers, ...headers } })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  }
  const reader = tenantWith(api, agency.id, await openKey(database, agency.id, { scopes: ['clients:read'] }));
  expect(await send(reader, 'name\nAcme')).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  expect(await reader.get('/imports')).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
});
