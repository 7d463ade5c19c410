import { EventSourceParserStream } from 'eventsource-parser/stream';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { eventSchema } from '../../api/representations/event.ts';
import { refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';

const api = await testApi();
const { database } = api;

/** The events of an agency as they are followed, from now on or behind one that was seen. */
async function followEvents(agency: Tenant, lastEventId?: string) {
  const headers = { authorization: `Bearer ${agency.key}`, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
  const { body } = await api.app.request(`/v1/agencies/${agency.id}/events/stream`, { headers });
  if (!body) throw new Error('no stream');
  const reader = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  return {
    async next() {
      const { value } = await reader.read();
      if (value?.event !== 'event') throw new Error(`an event of another name: ${value?.event}`);
      return { id: value.id, ...pick(eventSchema.parse(JSON.parse(value.data))) };
    },
    [Symbol.asyncDispose]: () => reader.cancel(),
  };
}
const pick = ({ kind, after }: { kind: string; after: Record<string, unknown> | null }) => ({ kind, after });
const makeProject = (agency: Tenant, name: string) => agency.post('/projects', { name, domain: 'site.example' });
const made = (name: string) => ({ kind: 'project.created', after: expect.objectContaining({ name }) });

test('tells what happens from now on, and nothing of another agency', async () => {
  const [agency, other] = [await newTenant(api), await newTenant(api)];
  await makeProject(agency, 'Before');
  await using stream = await followEvents(agency);
  await makeProject(other, 'Of the other');
  await makeProject(agency, 'One');
  await makeProject(agency, 'Two');
  expect(await stream.next()).toMatchObject(made('One'));
  expect(await stream.next()).toMatchObject(made('Two'));
});

test('goes on behind the last event that was seen, without a gap and without a repeat', async () => {
  const agency = await newTenant(api);
  const seen = await (async () => {
    await using stream = await followEvents(agency);
    await makeProject(agency, 'One');
    return await stream.next();
  })();
  await makeProject(agency, 'Two');
  await using again = await followEvents(agency, seen.id);
  await makeProject(agency, 'Three');
  expect([await again.next(), await again.next()]).toMatchObject([made('Two'), made('Three')]);
});

test('an event that an older transaction holds back comes when that one has ended', async () => {
  const agency = await newTenant(api);
  await using stream = await followEvents(agency);
  await database.admin.transaction().execute(async (older) => {
    await sql`select pg_current_xact_id()`.execute(older);
    await makeProject(agency, 'Held back');
  });
  expect(await stream.next()).toMatchObject(made('Held back'));
});

test('an id that was made up is refused', async () => {
  const agency = await newTenant(api);
  expect(await agency.get('/events/stream', { 'last-event-id': 'made up' })).toMatchObject(refusal('VALIDATION_FAILED'));
});
