import { describe, expect, test } from 'vitest';
import { brandSchema } from '../../api/representations/brand.ts';
import { neutralAccent } from '../../domain/brand.ts';
import { changePlan } from '../harness/agency.ts';
import { answers, refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newClientId } from '../harness/ids.ts';
import { svgLogo } from '../harness/logo.ts';
import { newTenant, openKey, type Tenant, tenantWith } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

/** Addresses that were asked for; each answers with a drawing. */
const fetched: string[] = [];
const api = await testApi({ worker: false });
const online = await anotherApi(api, {
  fetchLogo: async (url) => {
    fetched.push(url);
    return Buffer.from(svgLogo());
  },
});
const { database } = api;

const northwind = { reportBrand: 'Northwind', accentColor: '#0a6b5c', footer: 'Northwind Studio, Hamburg' };
const brandedAgency = () => newTenant(online, { whiteLabel: true });
const brandOf = async (agency: Tenant, path = '') => (await agency.get(`${path}/brand`)).as(brandSchema);
const setBrand = async (agency: Tenant, body: object, path = '') => (await agency.put(`${path}/brand`, body)).as(brandSchema);
const upload = ({ id, key }: Tenant, path = '', headers: Record<string, string> = {}) =>
  online.send({ method: 'PUT', path: `/v1/agencies/${id}${path}/brand/logo`, key, bytes: svgLogo(), headers: { 'content-type': 'image/svg+xml', ...headers } });
const logosOf = async ({ id }: Tenant) =>
  (await database.admin.selectFrom('logos').select('hash').where('agency_id', '=', id).execute()).map(({ hash }) => hash.toString('hex'));

describe("an agency's brand", () => {
  test('is its name and neutral until it is set', async () => {
    const agency = await brandedAgency();
    const { name } = await database.admin.selectFrom('accounts').select('name').where('id', '=', agency.id).executeTakeFirstOrThrow();
    expect(await brandOf(agency)).toEqual({
      reportBrand: null,
      logoUrl: null,
      accentColor: null,
      footer: null,
      version: 0,
      shown: { reportBrand: name, logo: null, accentColor: neutralAccent, footer: null },
      adjustments: [],
    });
  });

  test('is what was set, field by field, and told in the history with before and after', async () => {
    const agency = await brandedAgency();
    expect(await setBrand(agency, northwind)).toMatchObject({ ...northwind, version: 1, shown: { ...northwind, logo: null } });
    expect(await setBrand(agency, { footer: '' })).toMatchObject({ ...northwind, footer: null, version: 2 });
    expect(await brandOf(agency)).toMatchObject({ ...northwind, footer: null, version: 2 });
    expect(await events(database, agency.id, 'brand.changed')).toMatchObject([
      { before: { reportBrand: null }, after: { ...northwind, logo: null } },
      { before: northwind, after: { footer: null } },
    ]);
  });

  test('that is set to what it is changes nothing', async () => {
    const agency = await brandedAgency();
    await setBrand(agency, northwind);
    expect(await setBrand(agency, { ...northwind, logoUrl: null })).toMatchObject({ version: 1 });
    expect(await events(database, agency.id, 'brand.changed')).toHaveLength(1);
  });

  test('with an accent that cannot be read is shown with one that can, and says so', async () => {
    const agency = await brandedAgency();
    const brand = await setBrand(agency, { accentColor: '#FFE14D' });
    expect(brand).toMatchObject({ accentColor: '#ffe14d', adjustments: [{ field: 'accentColor', from: '#ffe14d', to: brand.shown.accentColor }] });
    expect(brand.shown.accentColor).not.toBe('#ffe14d');
  });

  test.each([
    ['reportBrand', 'Certified by Northwind', 'certification'],
    ['footer', 'We guarantee that your site is safe', 'guarantee'],
    ['footer', 'Found by our own scanner', 'scanning'],
  ])('whose %s reads "%s" is refused with the reason', async (field, value, reason) => {
    const agency = await brandedAgency();
    const answer = await agency.put('/brand', { ...northwind, [field]: value });
    expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(answer.as(answers.problem).errors).toEqual([{ pointer: `/${field}`, message: expect.stringContaining(reason) }]);
    expect(await brandOf(agency)).toMatchObject({ version: 0 });
  });

  test('of two changes that began with the same version takes one', async () => {
    const agency = await brandedAgency();
    const read = await agency.get('/brand');
    const etag = read.headers.get('etag') ?? '';
    const both = await Promise.all(['One', 'Two'].map((reportBrand) => agency.put('/brand', { reportBrand }, { 'if-match': etag })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expect(both.find(({ status }) => status === 412)).toMatchObject(refusal('VERSION_CONFLICT'));
    expect(both.find(({ status }) => status === 200)?.headers.get('etag')).toBe('"1"');
    expect(await agency.put('/brand', { reportBrand: 'Three' }, { 'if-match': 'three' })).toMatchObject(refusal('VALIDATION_FAILED'));
  });
});

describe('without the plan for it', () => {
  test('nothing is set, uploaded or fetched', async () => {
    const agency = await newTenant(online);
    const before = fetched.length;
    for (const body of [northwind, { reportBrand: 'Northwind', footer: null }, { logoUrl: 'https://northwind.example/logo.svg' }]) {
      expect(await agency.put('/brand', body)).toMatchObject(refusal('WHITE_LABEL_NOT_ELIGIBLE'));
    }
    expect(await upload(agency)).toMatchObject(refusal('WHITE_LABEL_NOT_ELIGIBLE'));
    expect(fetched).toHaveLength(before);
    expect(await brandOf(agency)).toMatchObject({ version: 0 });
  });

  test('what is set stays and is shown, and can be taken away', async () => {
    const agency = await brandedAgency();
    await setBrand(agency, northwind);
    await changePlan(database, agency.id, { whiteLabel: false });
    expect((await brandOf(agency)).shown).toMatchObject(northwind);
    expect(await setBrand(agency, { reportBrand: null, accentColor: '', footer: null })).toMatchObject({ reportBrand: null, version: 2 });
  });

  test('a plan that is past due is granted nothing new', async () => {
    const agency = await brandedAgency();
    await changePlan(database, agency.id, { state: 'past_due' });
    expect(await agency.put('/brand', northwind)).toMatchObject(refusal('AGENCY_PLAN_INELIGIBLE'));
  });
});

describe('a logo', () => {
  test('is uploaded, and served by Foyer under the hash of its content, for ever the same', async () => {
    const agency = await brandedAgency();
    const { logoUrl, shown } = (await upload(agency)).as(brandSchema);
    expect(shown.logo).toEqual({ url: logoUrl, width: 800, height: 267 });
    const picture = await online.app.request(logoUrl ?? '', { headers: { authorization: `Bearer ${agency.key}` } });
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(logoUrl?.split('/').at(-1)).toBe(await sha256(bytes));
  });

  test('is fetched once from its address, never again, and its address is not shown', async () => {
    const agency = await brandedAgency();
    const before = fetched.length;
    const { logoUrl } = await setBrand(agency, { logoUrl: 'https://northwind.example/logo.svg' });
    expect(logoUrl).toMatch(new RegExp(`^/v1/agencies/${agency.id}/logos/[0-9a-f]{64}$`));
    await brandOf(agency);
    // A form sends back what it was given.
    expect(await setBrand(agency, { ...northwind, logoUrl })).toMatchObject({ logoUrl, version: 2 });
    expect(fetched.slice(before)).toEqual(['https://northwind.example/logo.svg']);
  });

  test.each(['http://northwind.example/logo.svg', '/logo.svg', 'https://127.0.0.1/logo.svg', 'https://169.254.169.254/', 'not an address'])(
    'is refused from %s',
    async (logoUrl) => {
      const { id, key } = await brandedAgency();
      const agency = tenantWith(api, id, key);
      expect(await agency.put('/brand', { ...northwind, logoUrl })).toMatchObject(refusal('LOGO_UNSAFE'));
      expect(await brandOf(agency)).toMatchObject({ version: 0 });
    },
  );

  test('that is too large to be looked at is refused before it is', async () => {
    const { id, key } = await brandedAgency();
    const answer = await online.send({ method: 'PUT', path: `/v1/agencies/${id}/brand/logo`, key, bytes: new Uint8Array(1024 * 1024 + 1) });
    expect(answer).toMatchObject(refusal('LOGO_UNSAFE'));
  });

  test('that is no image, or one with script, is refused and leaves the one before', async () => {
    const agency = await brandedAgency();
    const { logoUrl } = (await upload(agency)).as(brandSchema);
    const path = `/v1/agencies/${agency.id}/brand/logo`;
    for (const bytes of [new TextEncoder().encode('<html/>'), svgLogo('<script>alert(1)</script>'), new Uint8Array()]) {
      expect(await online.send({ method: 'PUT', path, key: agency.key, bytes, headers: { 'content-type': 'image/png' } })).toMatchObject(
        refusal('LOGO_UNSAFE'),
      );
    }
    expect(await brandOf(agency)).toMatchObject({ logoUrl });
  });

  test('that is taken away, or replaced, is kept no longer than something shows it', async () => {
    const agency = await brandedAgency();
    const { clientId } = await activeClient(database, agency.id);
    const first = (await upload(agency)).as(brandSchema).logoUrl ?? '';
    const ofClient = (await upload(agency, `/clients/${clientId}`)).as(brandSchema).logoUrl ?? '';
    const second = (await upload(agency)).as(brandSchema).logoUrl ?? '';
    expect((await logosOf(agency)).toSorted()).toEqual([ofClient, second].map((url) => url.split('/').at(-1)).toSorted());
    expect(await agency.get(first.slice(first.indexOf('/logos')))).toMatchObject(refusal('NOT_FOUND'));
    await setBrand(agency, { logoUrl: '' });
    await agency.delete(`/clients/${clientId}/brand`);
    expect(await logosOf(agency)).toEqual([]);
  });

  test('of another agency is not there', async () => {
    const [own, other] = [await brandedAgency(), await brandedAgency()];
    const { logoUrl } = (await upload(other)).as(brandSchema);
    const hash = logoUrl?.split('/').at(-1);
    expect(await own.get(`/logos/${hash}`)).toMatchObject(refusal('NOT_FOUND'));
  });
});

describe("a client's brand", () => {
  test("inherits the agency's where it is blank, field by field, and changes with it", async () => {
    const agency = await brandedAgency();
    const { clientId } = await activeClient(database, agency.id);
    const path = `/clients/${clientId}`;
    await setBrand(agency, northwind);
    expect(await setBrand(agency, { reportBrand: 'Acme by Northwind', footer: ' ' }, path)).toMatchObject({
      reportBrand: 'Acme by Northwind',
      accentColor: null,
      footer: null,
      version: 1,
      shown: { ...northwind, reportBrand: 'Acme by Northwind' },
    });
    await setBrand(agency, { accentColor: '#112233' });
    expect((await brandOf(agency, path)).shown).toMatchObject({ reportBrand: 'Acme by Northwind', accentColor: '#112233' });
    expect((await brandOf(agency)).shown).toMatchObject({ reportBrand: 'Northwind' });
  });

  test('is gone once it is deleted, twice if need be, and that is told once', async () => {
    const agency = await brandedAgency();
    const { clientId } = await activeClient(database, agency.id);
    const path = `/clients/${clientId}`;
    await setBrand(agency, northwind, path);
    for (const _ of [1, 2]) expect(await agency.delete(`${path}/brand`)).toMatchObject({ status: 204, text: '' });
    expect(await brandOf(agency, path)).toMatchObject({ reportBrand: null, version: 0 });
    expect((await events(database, agency.id)).filter(({ kind }) => kind.startsWith('client_brand')).map(({ kind, client_id }) => [kind, client_id])).toEqual([
      ['client_brand.changed', clientId],
      ['client_brand.removed', clientId],
    ]);
  });

  test('names the client, so the history keeps its words where they can be erased', async () => {
    const agency = await brandedAgency();
    const { clientId } = await activeClient(database, agency.id);
    await setBrand(agency, northwind, `/clients/${clientId}`);
    const { after } = await database.admin
      .selectFrom('events')
      .select('after')
      .where('agency_id', '=', agency.id)
      .where('kind', '=', 'client_brand.changed')
      .executeTakeFirstOrThrow();
    expect(after).toEqual({ logo: null, accentColor: northwind.accentColor });
  });

  test('of an archived client stays as it is', async () => {
    const agency = await brandedAgency();
    const { clientId } = await activeClient(database, agency.id);
    await database.admin.updateTable('clients').set({ state: 'archived' }).where('id', '=', clientId).execute();
    expect(await agency.put(`/clients/${clientId}/brand`, northwind)).toMatchObject(refusal('CLIENT_ARCHIVED'));
    expect(await agency.delete(`/clients/${clientId}/brand`)).toMatchObject(refusal('CLIENT_ARCHIVED'));
  });

  test('of a client that is not there is not there', async () => {
    const agency = await brandedAgency();
    expect(await agency.get(`/clients/${newClientId()}/brand`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await upload(agency, `/clients/${newClientId()}`)).toMatchObject(refusal('NOT_FOUND'));
  });
});

test('ten changes at once leave ten versions and one logo', async () => {
  const agency = await brandedAgency();
  const { clientId } = await activeClient(database, agency.id);
  await Promise.all(Array.from({ length: 10 }, (_, index) => upload(agency, index % 2 ? `/clients/${clientId}` : '')));
  expect((await brandOf(agency)).version + (await brandOf(agency, `/clients/${clientId}`)).version).toBe(10);
  expect(await logosOf(agency)).toHaveLength(2);
});

test('whoever may only read sees the brand and its logo, and changes neither', async () => {
  const agency = await brandedAgency();
  const { logoUrl } = (await upload(agency)).as(brandSchema);
  const reader = tenantWith(online, agency.id, await openKey(database, agency.id, { scopes: ['clients:read'] }));
  expect(await brandOf(reader)).toMatchObject({ logoUrl });
  expect(await reader.get(`/logos/${logoUrl?.split('/').at(-1)}`)).toMatchObject({ status: 200 });
  expect(await reader.put('/brand', northwind)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  expect(await upload(reader)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
});

async function sha256(bytes: Buffer<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
