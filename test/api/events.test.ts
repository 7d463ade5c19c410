import { expect, test } from 'vitest';
import type { EventRecord } from '../../db/read/event-records.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { answers } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { tester } from '../harness/onboarding-input.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import { eventCounts } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

/** Writes events in one transaction, and keeps it open for as long as `hold` takes. */
function write(agencyId: AgencyId, labels: string[], hold: () => Promise<void> = async () => {}): Promise<void> {
  return inTenant(database.api, agencyId, async (tx) => {
    for (const label of labels) await recordEvent(tx, { agencyId, actor: tester, kind: 'plan.changed', after: { label } });
    await hold();
  });
}

interface Poller {
  seen: string[];
  cursor: string | null;
  /** Takes in what has come since. */
  poll(limit?: number): Promise<void>;
}

function poller(agency: Tenant): Poller {
  const state: Poller = {
    seen: [],
    cursor: null,
    async poll(limit = 7) {
      const { items, nextCursor } = (await agency.get(`/events?limit=${limit}${state.cursor ? `&after=${state.cursor}` : ''}`)).as(answers.events);
      state.seen.push(...items.map(({ after }) => String(after?.['label'])));
      state.cursor = nextCursor;
    },
  };
  return state;
}

test('the feed gives every event once, oldest first, to whoever polls with the last cursor', async () => {
  const agency = await newTenant(api);
  const labels = Array.from({ length: 20 }, (_, index) => `event ${index}`);
  for (const label of labels) await write(agency.id, [label]);
  const reader = poller(agency);
  await until('all are seen', async () => {
    await reader.poll();
    return reader.seen.length >= labels.length;
  });
  await reader.poll();
  expect(reader.seen).toEqual(labels);
});

test('the feed holds an event back while an older transaction can still commit, and then misses neither', async () => {
  const agency = await newTenant(api);
  const reader = poller(agency);
  const [written, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const older = write(agency.id, ['older'], () => {
    written.resolve();
    return release.promise;
  });
  await written.promise;
  await write(agency.id, ['newer']);
  await reader.poll();
  expect(reader.seen).toEqual([]);
  release.resolve();
  await older;
  await until('both are seen', async () => {
    await reader.poll();
    return reader.seen.length >= 2;
  });
  expect(reader.seen).toEqual(['older', 'newer']);
});

test('the feed misses nothing and gives nothing twice while many write at once', async () => {
  const agency = await newTenant(api);
  const reader = poller(agency);
  const labels = Array.from({ length: 8 }, (_, writer) => Array.from({ length: 15 }, (_, turn) => `${writer}/${turn}`));
  const writers = labels.map(async (own) => {
    for (let turn = 0; turn < own.length; turn += 3) await write(agency.id, own.slice(turn, turn + 3), () => new Promise((done) => setImmediate(done)));
  });
  let writing = true;
  const all = Promise.all(writers).finally(() => {
    writing = false;
  });
  while (writing) await reader.poll(4);
  await all;
  await until('all are seen', async () => {
    await reader.poll(200);
    return reader.seen.length >= labels.flat().length;
  });
  expect(reader.seen.toSorted()).toEqual(labels.flat().toSorted());
  for (const own of labels) expect(reader.seen.filter((label) => own.includes(label))).toEqual(own);
});

test('a poll at the end gives nothing and keeps its place', async () => {
  const agency = await newTenant(api);
  const empty = (await agency.get('/events')).as(answers.events);
  expect(empty).toEqual({ items: [], nextCursor: null });
  await write(agency.id, ['one']);
  const reader = poller(agency);
  await until('it is seen', async () => {
    await reader.poll();
    return reader.seen.length > 0;
  });
  const place = reader.cursor;
  await reader.poll();
  expect(reader.cursor).toBe(place);
});

test('an event tells what happened to what, by whom, before and after', async () => {
  const agency = await newTenant(api);
  const { client, onboarding } = (await agency.post('/clients', { name: 'Acme', notes: 'internal' })).as(answers.onboarded);
  await agency.onboardingIn('waiting_for_project', onboarding.id);
  const items = await until('the whole onboarding is told', async () => {
    const feed = (await agency.get('/events?limit=200')).as(answers.events).items;
    return feed.length >= 4 && feed;
  });
  const activated: Partial<Record<keyof EventRecord, unknown>> = {
    kind: 'client.activated',
    actor: { kind: 'apiKey', label: 'Test key', id: expect.any(String) },
    clientId: client.id,
    onboardingId: onboarding.id,
    projectId: null,
    before: { state: 'pending' },
    after: { state: 'active' },
  };
  expect(items.find(({ kind }) => kind === 'client.activated')).toMatchObject(activated);
  expect(items.map(({ kind }) => kind).toSorted()).toEqual(['client.activated', 'client.created', 'onboarding.started', 'onboarding.waiting']);
  expect(Object.keys(await eventCounts(database, agency.id))).toHaveLength(4);
});

test('each agency has a feed of its own, and a cursor of another one shows nothing of it', async () => {
  const [agency, other] = [await newTenant(api), await newTenant(api)];
  await write(agency.id, ['mine']);
  const reader = poller(agency);
  await until('it is seen', async () => {
    await reader.poll();
    return reader.seen.length > 0;
  });
  expect((await other.get('/events')).as(answers.events).items).toEqual([]);
  expect((await other.get(`/events?after=${reader.cursor}`)).as(answers.events).items).toEqual([]);
});
