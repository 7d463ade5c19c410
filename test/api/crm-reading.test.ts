import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { connectCrm, deliver } from '../harness/crm.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const api = await testApi();

const reading = {
  trigger: { onboard: ['opportunity.closed'], update: ['organisation.changed'] },
  mapping: { externalReference: '/opportunity/id', name: '/organisations/0/full~1name', notes: null },
};
const eventOf = (type: string, name: unknown, more: object = {}) => ({
  type,
  timestamp: new Date().toISOString(),
  data: { opportunity: { id: 77 }, organisations: [{ 'full/name': name }], contactEmail: 'ops@gorse.example', notes: 'for us', name: 'Lead', ...more },
});

async function connected() {
  const agency = await newTenant(api);
  const answer = await agency.post('/crm-connections', { provider: 'standard', ...reading });
  return { agency, answer, connection: answer.as(answers.connection) };
}

describe('a connection with a trigger and a mapping of its own', () => {
  test('onboards, updates and ignores by the types of its CRM, and finds where its CRM has what', async () => {
    const { agency, connection } = await connected();
    expect(await deliver(api, connection, { event: eventOf('deal.won', 'Gorse') })).toMatchObject({ status: 202, body: { ignored: expect.any(String) } });
    expect(await deliver(api, connection, { event: eventOf('organisation.changed', 'Gorse') })).toMatchObject({ body: { ignored: expect.any(String) } });
    const won = await deliver(api, connection, { event: eventOf('opportunity.closed', 'Gorse') });
    expect(won).toMatchObject({ status: 202, body: { onboardingId: expect.any(String) } });
    const clientOf = async () => (await agency.get('/clients')).as(answers.clients).items[0];
    await until('the client is active', async () => (await clientOf())?.state === 'active');
    expect(await clientOf()).toMatchObject({ name: 'Gorse', externalReference: '77', contactEmail: 'ops@gorse.example', notes: null });

    expect(await deliver(api, connection, { event: eventOf('organisation.changed', 'Gorse and Daughters') })).toMatchObject({ body: won.body as object });
    await until('the client is up to date', async () => (await clientOf())?.name === 'Gorse and Daughters');
  });

  test('points at a wrong field where its CRM has it', async () => {
    const { connection } = await connected();
    const refused = await deliver(api, connection, { event: eventOf('opportunity.closed', { first: 'Gorse' }, { opportunity: { id: {} } }) });
    expect(refused).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(refused.as(answers.problem).errors?.map(({ pointer }) => pointer)).toEqual(['/data/opportunity/id', '/data/organisations/0/full~1name']);
  });

  test('is shown with both when it is made, listed and rotated, and so is one that reads by default', async () => {
    const { agency, answer, connection } = await connected();
    const whole = { trigger: reading.trigger, mapping: { ...reading.mapping, contactEmail: '/contactEmail', domain: '/domain' } };
    const rotated = await agency.post(`/crm-connections/${connection.id}/rotate`);
    for (const shown of [answer, rotated]) expect(shown.body).toMatchObject(whole);
    await connectCrm(agency);
    const byDefault = { trigger: { onboard: ['deal.won'], update: ['client.updated'] }, mapping: { name: '/name', notes: '/notes' } };
    expect((await agency.get('/crm-connections')).as(answers.connections).items).toMatchObject([byDefault, whole]);
  });
});

test.each<[string, object, string]>([
  ['of a provider that is not there yet', { provider: 'hubspot' }, '/provider'],
  ['that is never triggered', { trigger: { onboard: [] } }, '/trigger/onboard'],
  ["that is triggered by Foyer's own test events", { trigger: { onboard: ['foyer.test'] } }, '/trigger/onboard/0'],
  ['whose event both onboards and updates', { trigger: { onboard: ['a'], update: ['a'] } }, '/trigger/update'],
  ['with a trigger that is a word', { trigger: 'deal.won' }, '/trigger'],
  ['with a path that is no pointer', { mapping: { name: 'deal.name' } }, '/mapping/name'],
  ['with NUL in a path', { mapping: { name: '/a\u0000' } }, '/mapping/name'],
  ['without a name', { mapping: { name: null } }, '/mapping/name'],
  ['with a field that no client has', { mapping: { phone: '/phone' } }, '/mapping/phone'],
])('a connection %s is refused, pointing at it', async (_, body, pointer) => {
  const agency = await newTenant(api);
  const refused = await agency.post('/crm-connections', { provider: 'standard', ...body });
  expect(refused).toMatchObject(refusal('VALIDATION_FAILED'));
  expect(refused.as(answers.problem).errors?.map((error) => error.pointer)).toEqual([pointer]);
  expect((await agency.get('/crm-connections')).as(answers.connections).items).toEqual([]);
});
