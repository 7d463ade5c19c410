import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient, pendingClient } from '../harness/client.ts';
import { newClientId } from '../harness/ids.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';

const api = await testApi({ worker: false });
const { database } = api;

async function page(agency: Tenant, query: string) {
  return (await agency.get(`/clients${query}`)).as(answers.clients);
}

/** The names on every page, from the first one on; `between` runs before each next page. */
async function walk(agency: Tenant, limit: number, between: () => Promise<unknown> = async () => {}): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { items, nextCursor }: Awaited<ReturnType<typeof page>> = await page(agency, `?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    pages.push(items.map(({ name }) => name));
    cursor = nextCursor;
    await between();
  }
  return pages;
}

/** Clients of these names, the first one oldest; all of them made in the same millisecond when `at` is given. */
async function clientsNamed(agencyId: AgencyId, names: string[], at?: Date): Promise<void> {
  for (const [index, name] of names.entries()) {
    const { clientId } = await pendingClient(database, onboardingInput(agencyId, { client: { name } }));
    await setCreatedAt(agencyId, clientId, at ?? new Date(Date.UTC(2026, 0, 1) + index * 1_000));
  }
}

async function setCreatedAt(agencyId: AgencyId, clientId: ClientId, at: Date): Promise<void> {
  // Nothing in the product changes it, so its type has no update.
  const change = { created_at: at } as never;
  await database.admin.updateTable('clients').set(change).where('agency_id', '=', agencyId).where('id', '=', clientId).execute();
}

describe('the list of clients', () => {
  test('is newest first, in pages that together hold every client once', async () => {
    const agency = await newTenant(api);
    const names = Array.from({ length: 10 }, (_, index) => `Client ${index}`);
    await clientsNamed(agency.id, names);
    for (const limit of [1, 3, 5, 10, 200]) {
      const pages = await walk(agency, limit);
      expect(pages.flat()).toEqual(names.toReversed());
      expect(pages).toHaveLength(Math.ceil(names.length / limit));
    }
  });

  test('holds every client once when all were made at the same time', async () => {
    const agency = await newTenant(api);
    const names = Array.from({ length: 7 }, (_, index) => `Client ${index}`);
    await clientsNamed(agency.id, names, new Date());
    expect((await walk(agency, 2)).flat().toSorted()).toEqual(names);
  });

  test('misses none and repeats none while others are added', async () => {
    const agency = await newTenant(api);
    const names = Array.from({ length: 6 }, (_, index) => `Client ${index}`);
    await clientsNamed(agency.id, names);
    const seen = await walk(agency, 2, () => pendingClient(database, onboardingInput(agency.id)));
    expect(seen.flat()).toEqual(names.toReversed());
  });

  test('reads no more for a page in the middle of thousands than for the first', async () => {
    const agency = await newTenant(api);
    // In no order on disk, so that each row that is looked at is another block.
    await sql`
      insert into foyer.clients (agency_id, id, name, state, created_at)
      select ${agency.id}, uuidv7(), 'Client ' || n, 'active', now() - make_interval(mins => n) from generate_series(1, 3000) n order by random()`.execute(
      database.admin,
    );
    await sql`analyze foyer.clients`.execute(database.admin);
    const blocksOfPageAt = async (minutes: number) => {
      const at = new Date(Date.now() - minutes * 60_000);
      const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number } }] }>`
        explain (analyze, buffers, format json) select * from foyer.page_of_clients(${agency.id}, null, false, null, null, ${at}, ${agency.id}, 51)
      `.execute(database.api);
      const { Plan } = rows[0]?.['QUERY PLAN'][0] ?? expect.fail('there is a plan');
      return Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks'];
    };
    await blocksOfPageAt(0);
    const first = await blocksOfPageAt(0);
    expect(await blocksOfPageAt(2_900)).toBeLessThan(first * 1.5);
  });

  test('takes limits from 1 to 200, and 50 when none is given', async () => {
    const agency = await newTenant(api);
    for (const limit of [0, -1, 201, 1.5, 'x', '']) {
      const refused = await agency.get(`/clients?limit=${limit}`);
      expect(refused).toMatchObject(refusal('VALIDATION_FAILED'));
      expect(refused.as(answers.problem).errors).toEqual([{ pointer: '/query/limit', message: expect.any(String) }]);
    }
    for (const limit of [1, 200]) expect(await agency.get(`/clients?limit=${limit}`)).toMatchObject({ status: 200 });
    await Promise.all(Array.from({ length: 51 }, () => pendingClient(database, onboardingInput(agency.id))));
    expect((await page(agency, '')).items).toHaveLength(50);
  });

  test('finds a part of the name, of the contact e-mail or of the external reference, in any letters', async () => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id, { name: 'Straße & Söhne', contactEmail: 'Ops@Acme.example', externalReference: 'HS-1042' });
    await activeClient(database, agency.id, { name: 'Birch' });
    for (const query of ['STRASSE', 'söhne', 'ops@acme', 'hs-10', '&']) {
      expect((await page(agency, `?query=${encodeURIComponent(query)}`)).items, query).toMatchObject([{ name: 'Straße & Söhne' }]);
    }
    expect((await page(agency, '?query=nobody')).items).toEqual([]);
  });

  test('takes the letters of a pattern as letters', async () => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id, { name: '100 % \\ sure_thing' });
    await activeClient(database, agency.id, { name: 'Birch' });
    for (const query of ['%', '_', '\\', '100 %', 'sure_']) {
      expect((await page(agency, `?query=${encodeURIComponent(query)}`)).items, query).toMatchObject([{ name: '100 % \\ sure_thing' }]);
    }
  });

  test('shows the clients in one state', async () => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id, { name: 'Active' });
    await pendingClient(database, onboardingInput(agency.id, { client: { name: 'Pending' } }));
    expect((await page(agency, '?state=active')).items.map(({ name }) => name)).toEqual(['Active']);
    expect((await page(agency, '?state=pending')).items.map(({ name }) => name)).toEqual(['Pending']);
    expect((await page(agency, '?state=archived')).items).toEqual([]);
  });

  test('filters every page, and a cursor keeps its place under a filter', async () => {
    const agency = await newTenant(api);
    await clientsNamed(agency.id, ['Acme 1', 'Birch', 'Acme 2', 'Acme 3']);
    const first = await page(agency, '?query=acme&limit=2');
    expect(first.items.map(({ name }) => name)).toEqual(['Acme 3', 'Acme 2']);
    const rest = await page(agency, `?query=acme&limit=2&cursor=${first.nextCursor}`);
    expect(rest.items.map(({ name }) => name)).toEqual(['Acme 1']);
    expect(rest.nextCursor).toBeNull();
  });

  test('shows each agency its own clients only', async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    await activeClient(database, agency.id);
    expect((await page(other, '')).items).toEqual([]);
    expect((await page(other, '?query=client')).items).toEqual([]);
  });
});

describe('a client', () => {
  test("shows its projects' number, its newest onboarding and an ETag of its version", async () => {
    const agency = await newTenant(api);
    const { clientId, onboardingId } = await activeClient(database, agency.id, { name: 'Acme', notes: 'internal' });
    for (const _ of [1, 2]) await openProject(database, agency.id, { clientId });
    const answer = await agency.get(`/clients/${clientId}`);
    const client = answer.as(answers.client);
    expect(client).toMatchObject({
      id: clientId,
      name: 'Acme',
      notes: 'internal',
      state: 'active',
      projectCount: 2,
      onboarding: { id: onboardingId, stateSince: expect.any(String), blockers: [] },
    });
    expect(answer.headers.get('etag')).toBe(`"${client.version}"`);
    expect((await page(agency, '')).items).toEqual([client]);
  });

  test('is found in capital letters too', async () => {
    const agency = await newTenant(api);
    const { clientId } = await activeClient(database, agency.id);
    expect(await agency.get(`/clients/${clientId.toUpperCase()}`)).toMatchObject({ status: 200, body: { id: clientId } });
  });

  test('of another agency is one that is not there', async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    const { clientId } = await activeClient(database, agency.id);
    const foreign = await other.get(`/clients/${clientId}`);
    expect(foreign).toMatchObject(refusal('NOT_FOUND'));
    expect(withoutRequestId(foreign)).toBe(withoutRequestId(await other.get(`/clients/${newClientId()}`)));
  });
});
