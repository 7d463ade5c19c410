import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { updateClient } from '../../activities/update-client.ts';
import { historySchema } from '../../api/representations/history.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant } from '../../db/tenant.ts';
import { verifyHistory } from '../../db/verify-history.ts';
import type { Actor } from '../../domain/actor.ts';
import type { AccountId } from '../../domain/ids.ts';
import { refusal } from '../harness/answers.ts';
import { type Answer, anotherApi, initOf, read, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newClientId } from '../harness/ids.ts';
import { tester } from '../harness/onboarding-input.ts';
import { openPerson } from '../harness/person.ts';
import { openProject } from '../harness/project.ts';
import { newDirectAccount, newTenant, type Tenant } from '../harness/tenant.ts';

const api = await testApi();
const { database } = api;
const page = z.object({ items: z.array(historySchema), nextCursor: z.string().nullable() });
const seconds = (count: number) => new Date(Date.now() + count * 1000).toISOString();

const pathOf = ({ id }: { id: AccountId }, query = '') => `/v1/accounts/${id}/history${query}`;
const historyOf = async (agency: Tenant, query = '') => (await api.send({ method: 'GET', path: pathOf(agency, query), key: agency.key })).as(page);
const kinds = ({ items }: z.infer<typeof page>) => items.map(({ kind }) => kind);

/** An agency with two clients, the first of them renamed by its CRM. */
async function agencyWithHistory() {
  const agency = await newTenant(api);
  const one = await activeClient(database, agency.id, { name: 'One', externalReference: 'deal-1', contactEmail: 'old@client.example', notes: 'secret notes' });
  const two = await activeClient(database, agency.id, { name: 'Two' });
  const client = { name: 'Renamed', contactEmail: 'new@client.example', externalReference: 'deal-1', notes: 'new notes' };
  const crm: Actor = { kind: 'crm', id: newClientId(), label: 'standard' };
  await updateClient(database.worker, { agencyId: agency.id, actor: crm, client, at: seconds(0), expectClient: false });
  return { agency, one: one.clientId, two: two.clientId, crm };
}

describe('the history of an account', () => {
  test('tells newest first who did what to what, from where, before and after, and where it stands in the chain', async () => {
    const agency = await newTenant(api);
    const headers = { 'user-agent': 'curl/8.5.0 \u00fc' };
    const onboarded = await api.app.request(
      `/v1/agencies/${agency.id}/clients`,
      initOf({ method: 'POST', path: '', key: agency.key, headers, body: { name: 'Acme', onLimit: 'refuse' } }),
      { incoming: { socket: { remoteAddress: '203.0.113.77' } } },
    );
    const { client } = z.object({ client: z.object({ id: z.uuid() }) }).parse(await onboarded.json());
    const { items } = await historyOf(agency);
    expect(items.map(({ seal }) => seal.position)).toEqual(items.map((_, index) => items.length - index));
    expect(items.find(({ kind }) => kind === 'client.created')).toMatchObject({
      actor: { kind: 'apiKey', label: 'Test key' },
      clientId: client.id,
      before: null,
      after: { name: 'Acme' },
      from: { requestId: onboarded.headers.get('x-request-id'), network: '203.0.113.0/24', userAgent: 'curl/8.5.0 ?' },
      erased: false,
    });
  });

  test('of a direct account is read by its people, and of neither by a viewer', async () => {
    const direct = await newDirectAccount(database);
    await inTenant(database.api, direct.id, (tx) => recordEvent(tx, { agencyId: direct.id, actor: tester, kind: 'account.created' }));
    const [owner, viewer] = [await openPerson(api, direct.id, { role: 'owner' }), await openPerson(api, direct.id, { role: 'viewer' })];
    expect(kinds((await owner.get(pathOf(direct))).as(page))).toEqual(['account.created']);
    expect(await viewer.get(pathOf(direct))).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  });

  test('comes page by page, nothing missing and nothing twice', async () => {
    const { agency } = await agencyWithHistory();
    const all = await historyOf(agency);
    const seen: string[] = [];
    for (let query = '?limit=2'; query; ) {
      const { items, nextCursor } = await historyOf(agency, query);
      seen.push(...items.map(({ id }) => id));
      query = nextCursor ? `?limit=2&cursor=${nextCursor}` : '';
    }
    expect(seen).toEqual(all.items.map(({ id }) => id));
  });

  test.each<[string, (of: Awaited<ReturnType<typeof agencyWithHistory>>) => string, string[]]>([
    ['one kind', () => 'kind=client.activated', ['client.activated', 'client.activated']],
    ['one actor', ({ crm }) => `actorId=${'id' in crm ? crm.id.toUpperCase() : ''}`, ['client.updated']],
    ['one client', ({ one }) => `clientId=${one}`, ['client.updated', 'client.activated', 'client.created', 'onboarding.started']],
    ['a client there is not', () => `clientId=${newClientId()}`, []],
    ['one project', () => `projectId=${newClientId()}`, []],
    ['a time to come', () => `from=${encodeURIComponent(seconds(60))}`, []],
    ['a time before anything', () => `to=${encodeURIComponent(seconds(-60))}`, []],
    ['all of it together', ({ one }) => `clientId=${one}&kind=client.created&from=${seconds(-60)}&to=${seconds(60)}`, ['client.created']],
  ])('is narrowed to %s', async (_, query, expected) => {
    const of = await agencyWithHistory();
    expect(kinds(await historyOf(of.agency, `?${query(of)}`))).toEqual(expected);
  });

  test('shows a restricted member the events of their clients alone', async () => {
    const { agency, one, two } = await agencyWithHistory();
    const member = await openPerson(api, agency.id, { role: 'admin', clientIds: [two] });
    const { items } = (await member.get(pathOf(agency))).as(page);
    expect(new Set(items.map(({ clientId }) => clientId))).toEqual(new Set([two]));
    expect((await member.get(pathOf(agency, `?clientId=${one}`))).as(page).items).toEqual([]);
    expect((await member.get(pathOf(agency, '/export'))).text).not.toContain(one);
  });
});

test('an event of the history has these fields and no other', async () => {
  const { agency } = await agencyWithHistory();
  const { body } = await api.send({ method: 'GET', path: pathOf(agency), key: agency.key });
  const { items } = z.object({ items: z.array(z.looseObject({})) }).parse(body);
  for (const item of items) expect(Object.keys(item).toSorted()).toEqual(Object.keys(historySchema.shape).toSorted());
});

describe('the history of a client', () => {
  test('tells what was done to it and its projects', async () => {
    const { agency, one } = await agencyWithHistory();
    const projectId = await openProject(database, agency.id);
    await agency.put(`/projects/${projectId}/client`, { clientId: one });
    const { items } = (await agency.get(`/clients/${one}/history`)).as(page);
    expect(items[0]).toMatchObject({ kind: 'project.assigned', projectId, clientId: one });
    expect(items.at(-1)).toMatchObject({ kind: 'onboarding.started', clientId: one });
    expect(kinds((await agency.get(`/clients/${one}/history?kind=client.updated`)).as(page))).toEqual(['client.updated']);
  });

  test('is shown to a viewer without contact e-mail, reference and notes, of before and after', async () => {
    const { agency, one } = await agencyWithHistory();
    const viewer = await openPerson(api, agency.id, { role: 'viewer' });
    const answer = await viewer.get(`/v1/agencies/${agency.id}/clients/${one}/history`);
    expect(answer.as(page).items[0]).toMatchObject({ kind: 'client.updated', before: { name: 'One' }, after: { name: 'Renamed' } });
    expect(answer.text).not.toMatch(/@client\.example|notes|deal-1/);
  });

  test('is not there for a client that is not there, or is out of sight', async () => {
    const { agency, one, two } = await agencyWithHistory();
    const member = await openPerson(api, agency.id, { role: 'viewer', clientIds: [two] });
    expect(await agency.get(`/clients/${newClientId()}/history`)).toMatchObject(refusal('NOT_FOUND'));
    expect(await member.get(`/v1/agencies/${agency.id}/clients/${one}/history`)).toMatchObject(refusal('NOT_FOUND'));
  });
});

describe('the history as a file', () => {
  const exported = (agency: Tenant, query: string): Promise<Answer> => api.send({ method: 'GET', path: pathOf(agency, `/export?${query}`), key: agency.key });

  test('in JSON lines has every event in the order of the chain, and ends with the hash that the chain ends with', async () => {
    const { agency } = await agencyWithHistory();
    const answer = await exported(agency, 'format=jsonl');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="history.jsonl"');
    const lines = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => historySchema.parse(JSON.parse(line)));
    expect(lines).toEqual((await historyOf(agency)).items.toReversed());
    for await (const { accountId, hash } of verifyHistory(database.urls.admin)) if (accountId === agency.id) expect(lines.at(-1)?.seal.hash).toBe(hash);
  });

  test('is narrowed as the list is', async () => {
    const { agency, one } = await agencyWithHistory();
    const { text } = await exported(agency, `format=jsonl&clientId=${one}&kind=client.created`);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => historySchema.parse(JSON.parse(line)).kind),
    ).toEqual(['client.created']);
  });

  test('in CSV begins with the names of its columns, and no cell of it is a formula', async () => {
    const agency = await newTenant(api);
    const actor: Actor = { kind: 'user', id: newClientId(), label: '=HYPERLINK("https://evil.example","x")' };
    await inTenant(database.api, agency.id, (tx) => recordEvent(tx, { agencyId: agency.id, actor, kind: 'plan.changed', after: { note: 'a,"b"\r\nc' } }));
    const { text, headers } = await exported(agency, 'format=csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const [head, ...rows] = text.split(/\r\n(?!c)/);
    expect(head).toMatch(/^position,at,kind,actorKind,actorId,actor,/);
    expect(rows[0]).toContain(`,"'=HYPERLINK(""https://evil.example"",""x"")",`);
    expect(rows[0]).toContain(String.raw`"{""note"":""a,\""b\""\r\nc""}"`);
  });

  test('of thousands of events is whole, though it is never whole in memory', async () => {
    const agency = await newTenant(api);
    await inTenant(database.api, agency.id, async (tx) => {
      await Promise.all(
        Array.from({ length: 1_203 }, (_, index) => recordEvent(tx, { agencyId: agency.id, actor: tester, kind: 'plan.changed', after: { index } })),
      );
    });
    const { text } = await exported(agency, 'format=jsonl');
    const positions = text
      .trimEnd()
      .split('\n')
      .map((line) => historySchema.parse(JSON.parse(line)).seal.position);
    expect(positions).toEqual(Array.from({ length: 1_203 }, (_, index) => index + 1));
  });

  test('breaks off, rather than end as if it were whole, when the process stops', async () => {
    const agency = await newTenant(api);
    await inTenant(database.api, agency.id, async (tx) => {
      await Promise.all(
        Array.from({ length: 501 }, (_, index) => recordEvent(tx, { agencyId: agency.id, actor: tester, kind: 'plan.changed', after: { index } })),
      );
    });
    const stopping = await anotherApi(api);
    const response = await stopping.app.request(pathOf(agency, '/export'), initOf({ method: 'GET', path: '', key: agency.key }));
    stopping.stop();
    await expect(read(response)).rejects.toThrow();
  });
});
