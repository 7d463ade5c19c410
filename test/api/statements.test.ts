import { describe, expect, test } from 'vitest';
import type { AgencyId } from '../../domain/ids.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { connectCrm } from '../harness/crm.ts';
import { openMember } from '../harness/member.ts';
import { openPerson } from '../harness/person.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { recordStatements } from '../harness/statements.ts';
import { newTenant, tenantWith } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const api = await testApi();
const { database } = api;
const recorded = recordStatements(database.api);
const counting = await anotherApi(api, { db: recorded.db });

/** Without the look for the key, which happens the first time only: `key-ring.test.ts`. */
async function sentDuring(work: () => Promise<unknown>): Promise<string[]> {
  return (await recorded.during(work)).filter((statement) => !statement.includes('find_api_key'));
}

/** An agency with so many of everything that is listed. */
async function agencyWith(count: number) {
  const { id, key } = await newTenant(api, { clientLimit: 100 });
  const agency = tenantWith(counting, id, key);
  const all = await Promise.all(
    Array.from({ length: count }, async () => {
      const { clientId, onboardingId } = await activeClient(database, id);
      const projectId = await openProject(database, id, { clientId });
      await makeReady(database, { agencyId: id, projectId });
      await connectCrm(agency);
      return { clientId, onboardingId, projectId };
    }),
  );
  const [first] = all;
  if (!first) throw new Error('nothing was made');
  return { agency, ...first };
}

// Only read below, so every test may look at the same two.
const [few, many] = [await agencyWith(1), await agencyWith(20)];

// A transaction is three statements: its beginning with the tenant's setting, what it is for, its end. The list of clients is two functions, each a
// statement by itself: whether anything has changed, and the page.
describe('a request sends as many statements for twenty rows as for one', () => {
  test.each<[string, number, (of: Awaited<ReturnType<typeof agencyWith>>) => string]>([
    ['the workspace', 3, () => ''],
    ['the list of clients', 2, () => '/clients'],
    ['a search of clients', 2, () => '/clients?query=client&state=active'],
    ['a client', 3, ({ clientId }) => `/clients/${clientId}`],
    ['the list of onboardings', 3, () => '/onboardings'],
    ['an onboarding', 3, ({ onboardingId }) => `/onboardings/${onboardingId}`],
    ['the list of projects', 3, () => '/projects'],
    ['a project', 3, ({ projectId }) => `/projects/${projectId}`],
    ["a project's readiness", 3, ({ projectId }) => `/projects/${projectId}/readiness`],
    ['the feed of events', 3, () => '/events'],
    ['the list of connections', 3, () => '/crm-connections'],
  ])('%s: %i', async (_, statements, path) => {
    for (const of of [few, many]) {
      const sent = await sentDuring(async () => expect(await of.agency.get(path(of))).toMatchObject({ status: 200 }));
      expect(sent, sent.join('\n')).toHaveLength(statements);
    }
  });
});

test('whose session it is, and what the person is in which accounts, is one statement more', async () => {
  const person = await openPerson(counting, few.agency.id, { role: 'viewer' });
  await openMember(database, many.agency.id, { role: 'owner', personId: person.id });
  const sent = await sentDuring(async () => expect(await person.get(`/v1/agencies/${few.agency.id}/clients`)).toMatchObject({ status: 200 }));
  expect(sent, sent.join('\n')).toHaveLength(3);
});

async function isKept(agencyId: AgencyId) {
  const kept = await api.database.admin.selectFrom('idempotency_keys').select('status').where('agency_id', '=', agencyId).executeTakeFirst();
  return typeof kept?.status === 'number';
}

describe('onboarding sends', () => {
  const onboard = async (headers: Record<string, string>) => {
    const { id, key } = await newTenant(api);
    const agency = tenantWith(counting, id, key);
    const sent = await sentDuring(async () => {
      await agency.post('/clients', { name: 'Acme' }, headers);
      if (headers['idempotency-key']) await until('the answer is kept', () => isKept(id));
    });
    // How often it looks whether the first two steps are through depends on the worker: once for each time it is told.
    const looks = sent.filter((statement) => statement.includes('from "onboardings" as "onboarding"')).length;
    return { looks, others: sent.length - 4 * looks };
  };

  test('nothing when it does not wait', async () => {
    expect(await onboard({ prefer: 'respond-async' })).toEqual({ looks: 0, others: 0 });
  });

  test('two statements with an idempotency key: one claims it or finds its answer, one keeps the answer', async () => {
    expect(await onboard({ prefer: 'respond-async', 'idempotency-key': 'one' })).toEqual({ looks: 0, others: 2 });
  });

  test('four each time it looks whether the client is there: onboarding and client, in a transaction', async () => {
    const { looks, others } = await onboard({});
    expect(others).toBe(0);
    expect(looks).toBeGreaterThanOrEqual(1);
  });
});

test('asking for no more than the head of a stream opens none: nothing is read for it afterwards', async () => {
  const { agency, onboardingId } = few;
  const paths = [`/onboardings/${onboardingId}/events`, '/events/stream'].map((path) => `/v1/agencies/${agency.id}${path}`);
  const sent = await sentDuring(async () => {
    for (const path of paths) {
      const answer = await counting.send({ method: 'HEAD', path, key: agency.key });
      expect(answer).toMatchObject({ status: 200, text: '' });
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
    }
    // What a stream tells first is on its way by then.
    expect(await agency.get('/onboardings')).toMatchObject({ status: 200 });
  });
  expect(sent, sent.join('\n')).toHaveLength(9);
});

test('reporting a badge sends as many statements however many onboardings wait', async () => {
  for (const { agency, projectId } of [await agencyWith(1), await agencyWith(5)]) {
    const badge = { value: 'running', at: new Date().toISOString() };
    const sent = await sentDuring(() => agency.put(`/projects/${projectId}/badges/scan`, badge));
    expect(sent, sent.join('\n')).toHaveLength(11);
  }
});
