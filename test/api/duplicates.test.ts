import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { openProject } from '../harness/project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';

const api = await testApi({ worker: false });
const { database } = api;

const lookalikes = async (agency: Tenant, query: Record<string, string>) =>
  (await agency.get(`/clients/duplicates?${new URLSearchParams(query)}`)).as(answers.lookalikes).items;

describe('before a client is created', () => {
  test.each(['Café Blau', 'CAFE BLAU GmbH', 'Cafe-Blau GmbH & Co. KG', ' café  blau, Ltd.', 'Blau'])(
    '%s is or is not found to be Café Blau Ltd',
    async (name) => {
      const agency = await newTenant(api);
      const { clientId } = await activeClient(database, agency.id, { name: 'Café Blau Ltd' });
      const found = name === 'Blau' ? [] : [{ id: clientId, name: 'Café Blau Ltd', state: 'active', reasons: ['name'] }];
      expect(await lookalikes(agency, { name })).toEqual(found);
    },
  );

  test('it is found by the domain of a project, above or below, by that of the contact, and by its reference in another spelling', async () => {
    const agency = await newTenant(api);
    const { clientId } = await activeClient(database, agency.id, { name: 'One', externalReference: 'Deal-7' });
    const mail = await activeClient(database, agency.id, { name: 'Two', contactEmail: 'ops@Mail.example' });
    await openProject(database, agency.id, { clientId, domain: 'shop.acme.example' });
    const reasons = async (query: Record<string, string>) => (await lookalikes(agency, query)).map(({ id, reasons }) => ({ id, reasons }));
    for (const domain of ['shop.acme.example', 'acme.example', 'eu.shop.acme.example'])
      expect(await reasons({ domain })).toEqual([{ id: clientId, reasons: ['domain'] }]);
    for (const domain of ['me.example', 'other.example']) expect(await reasons({ domain })).toEqual([]);
    expect(await reasons({ domain: 'mail.example' })).toEqual([{ id: mail.clientId, reasons: ['domain'] }]);
    expect(await reasons({ reference: 'DEAL-7', name: 'one' })).toEqual([{ id: clientId, reasons: ['name', 'reference'] }]);
  });

  test('names of nothing but a legal form look like nobody', async () => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id, { name: 'Ltd.' });
    expect(await lookalikes(agency, { name: 'GmbH' })).toEqual([]);
  });

  test('something must be known of it', async () => {
    expect(await (await newTenant(api)).get('/clients/duplicates')).toMatchObject(refusal('VALIDATION_FAILED'));
  });

  test('nobody of another agency is found', async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    await activeClient(database, other.id, { name: 'Acme' });
    expect(await lookalikes(agency, { name: 'Acme' })).toEqual([]);
  });
});

describe('suspected duplicates', () => {
  test('are listed with the oldest client that they look like, page by page, without those that are archived', async () => {
    const agency = await newTenant(api);
    const oldest = await activeClient(database, agency.id, { name: 'Acme' });
    await activeClient(database, agency.id, { name: 'Birch', contactEmail: 'ops@birch.example' });
    const second = await activeClient(database, agency.id, { name: 'Acme Inc.' });
    const third = await activeClient(database, agency.id, { name: 'Something else', contactEmail: 'OPS@birch.example' });
    await activeClient(database, agency.id, { name: 'Unlike' });

    const page = (await agency.get('/clients/suspected-duplicates?limit=1')).as(answers.duplicates);
    expect(page.items).toMatchObject([{ client: { id: third.clientId }, duplicateOf: { name: 'Birch' }, reason: 'contact' }]);
    const next = (await agency.get(`/clients/suspected-duplicates?cursor=${page.nextCursor}`)).as(answers.duplicates);
    expect(next).toMatchObject({ items: [{ client: { id: second.clientId }, duplicateOf: { id: oldest.clientId }, reason: 'name' }], nextCursor: null });

    await database.admin.updateTable('clients').set({ state: 'archived' }).where('id', '=', third.clientId).execute();
    expect((await agency.get('/clients/suspected-duplicates')).as(answers.duplicates).items).toHaveLength(1);
  });
});
