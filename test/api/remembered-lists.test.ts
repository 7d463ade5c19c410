import { describe, expect, test } from 'vitest';
import { archiveClient } from '../../activities/archive-client.ts';
import { endOnboarding } from '../../activities/end-onboarding.ts';
import { moveProject } from '../../activities/move-project.ts';
import { answers, refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { tester } from '../harness/onboarding-input.ts';
import { openPerson } from '../harness/person.ts';
import { openProject } from '../harness/project.ts';
import { recordStatements } from '../harness/statements.ts';
import { newTenant, tenantWith } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const api = await testApi();
const { database } = api;
const recorded = recordStatements(database.api);
/** Another process than the one that changes something: nobody tells it of anything. */
const other = await anotherApi(api, { db: recorded.db });

const details = { name: 'Guarded GmbH', contactEmail: 'ops@guarded.example', externalReference: 'guarded-reference', notes: 'guarded notes' };

/** An agency with a client and a project, whose list the other process remembers. */
async function remembered() {
  const { id, key } = await newTenant(api);
  const agency = tenantWith(other, id, key);
  const client = await activeClient(database, id, details);
  const projectId = await openProject(database, id);
  const list = async () => (await agency.get('/clients')).as(answers.clients).items;
  await list();
  return { ...client, agency, projectId, list };
}

test('a page that is remembered costs the database one look at whether it still holds', async () => {
  const { agency, list } = await remembered();
  const [sent, ...more] = await recorded.during(list);
  expect(sent).toContain('client_list_stamp');
  expect(more).toEqual([]);
  expect((await agency.get('/clients')).headers.get('content-type')).toBe('application/json');
});

describe('a page that is remembered shows at once', () => {
  test.each<[string, (of: Awaited<ReturnType<typeof remembered>>) => Promise<unknown>, object]>([
    [
      'a client that another process made',
      ({ agencyId }) => activeClient(database, agencyId, { name: 'The next' }),
      [{ name: 'The next' }, { name: details.name }],
    ],
    ['that it was archived', (of) => archiveClient(database.worker, { ...of, actor: tester }), [{ state: 'archived' }]],
    ['a project that is assigned', (of) => moveProject(database.worker, { ...of, actor: tester }), [{ projectCount: 1 }]],
    [
      'what its onboarding came to',
      (of) => endOnboarding(database.worker, { ...of, actor: tester, state: 'cancelled', blockers: [] }),
      [{ onboarding: { state: 'cancelled' } }],
    ],
    [
      'that it is to leave',
      async ({ agency, clientId }) => expect(await agency.post(`/clients/${clientId}/offboard`, { on: '2029-12-31' })).toMatchObject({ status: 201 }),
      [{ offboarding: { on: '2029-12-31' } }],
    ],
  ])('%s', async (_, change, shown) => {
    const of = await remembered();
    await change(of);
    expect(await of.list()).toMatchObject(shown);
  });
});

describe('what is remembered for one is given to nobody who sees or may less', () => {
  const path = (agencyId: string) => `/v1/agencies/${agencyId}/clients`;

  test('an agency is shown its own clients alone', async () => {
    const [one, another] = [await remembered(), await remembered()];
    expect(await one.list()).toMatchObject([{ id: one.clientId }]);
    expect(await another.list()).toMatchObject([{ id: another.clientId }]);
    expect(await other.send({ method: 'GET', path: path(one.agencyId), key: another.agency.key })).toMatchObject(refusal('NOT_FOUND'));
  });

  test('a viewer is not shown how to reach a client, whoever asked before, and is once an admin; an admin who becomes a viewer no more', async () => {
    const { agencyId } = await remembered();
    const [owner, member] = [await openPerson(other, agencyId, { role: 'owner' }), await openPerson(other, agencyId, { role: 'viewer' })];
    const seen = async (person: typeof owner) => (await person.get(path(agencyId))).as(answers.clients).items;
    const become = (role: string) => owner.patch(`/v1/accounts/${agencyId}/members/${member.id}`, { role });
    const { name, ...guarded } = details;
    const hidden = { name, contactEmail: null, externalReference: null, notes: null };
    for (let times = 0; times < 2; times++) {
      expect(await seen(owner)).toMatchObject([details]);
      expect(await seen(member)).toMatchObject([hidden]);
    }
    await become('admin');
    expect(await seen(member)).toMatchObject([guarded]);
    await become('viewer');
    expect(await seen(member)).toMatchObject([hidden]);
  });

  test('a restricted member is shown their clients alone, as long as they are theirs', async () => {
    const { agencyId, clientId } = await remembered();
    const second = await activeClient(database, agencyId, { name: 'Second' });
    const owner = await openPerson(other, agencyId, { role: 'owner' });
    const [first, both] = [
      await openPerson(other, agencyId, { role: 'admin', clientIds: [clientId] }),
      await openPerson(other, agencyId, { role: 'admin', clientIds: [clientId, second.clientId] }),
    ];
    const seen = async (person: typeof owner) => (await person.get(path(agencyId))).as(answers.clients).items.map(({ id }) => id);
    for (let times = 0; times < 2; times++) {
      expect(await seen(owner)).toEqual([second.clientId, clientId]);
      expect(await seen(both)).toEqual([second.clientId, clientId]);
      expect(await seen(first)).toEqual([clientId]);
    }
    await owner.patch(`/v1/accounts/${agencyId}/members/${first.id}`, { role: 'admin', clientIds: [second.clientId] });
    expect(await seen(first)).toEqual([second.clientId]);
  });

  test('a key that is revoked opens no page, though its pages are remembered', async () => {
    const { agency, agencyId } = await remembered();
    await database.admin.updateTable('api_keys').set({ revoked_at: new Date() }).where('agency_id', '=', agencyId).execute();
    await until('the key is refused', async () => (await agency.get('/clients')).status === 401);
  });

  test('another page, search or state is another page', async () => {
    const { agency, list } = await remembered();
    await list();
    const count = async (query: string) => (await agency.get(`/clients?${query}`)).as(answers.clients).items.length;
    expect([await count('query=guarded'), await count('query=nobody'), await count('state=archived'), await count('limit=1')]).toEqual([1, 0, 0, 1]);
  });
});
