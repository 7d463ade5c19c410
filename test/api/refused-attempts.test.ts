import { describe, expect, test } from 'vitest';
import { createRequestLimits } from '../../api/request-limits.ts';
import { refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newClientId } from '../harness/ids.ts';
import { openPerson } from '../harness/person.ts';
import { openProject } from '../harness/project.ts';
import { newDirectAccount, newTenant, openKnownKey, tenantWith } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

describe('a refused attempt to change something is in the history', () => {
  test('with who tried what on which record, why not and from where, and nothing of what was sent', async () => {
    const agency = await newTenant(api);
    const { id, key } = await openKnownKey(database, agency.id, { scopes: ['clients:read'] });
    const [projectId, { clientId }] = [await openProject(database, agency.id), await activeClient(database, agency.id)];
    const refused = await tenantWith(api, agency.id, key).put(`/projects/${projectId}/client`, { clientId }, { 'user-agent': 'script/1' });
    expect(refused).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    const [event] = await events(database, agency.id, 'attempt.refused');
    expect(event).toMatchObject({
      actor: { kind: 'apiKey', id },
      project_id: projectId,
      client_id: null,
      before: null,
      after: { operation: 'PUT /v1/agencies/{agencyId}/projects/{projectId}/client', code: 'AGENCY_ROLE_REQUIRED' },
    });
    const [row] = await database.admin.selectFrom('events').selectAll().where('agency_id', '=', agency.id).where('kind', '=', 'attempt.refused').execute();
    expect(row?.origin).toEqual({ requestId: refused.headers.get('x-request-id'), network: null, userAgent: 'script/1' });
    expect(JSON.stringify(row)).not.toContain(clientId);
  });

  test.each<[string, string, object, string]>([
    ['a rule', '/clients', { name: 'Taken', onLimit: 'refuse' }, 'CLIENT_NAME_TAKEN'],
    ['what was sent', '/clients', { name: '' }, 'VALIDATION_FAILED'],
    ['what was named', `/clients/${newClientId()}/archive`, {}, 'NOT_FOUND'],
  ])('when it was refused for %s', async (_, path, body, code) => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id, { name: 'Taken' });
    await agency.post(path, body);
    expect(await events(database, agency.id, 'attempt.refused')).toMatchObject([{ after: { code } }]);
  });

  test('of a person, and of an account that is no agency', async () => {
    const direct = await newDirectAccount(database);
    const viewer = await openPerson(api, direct.id, { role: 'viewer' });
    await viewer.post(`/v1/accounts/${direct.id}/api-keys`, { name: 'Key', scopes: ['admin'] });
    await viewer.post(`/v1/agencies/${direct.id}/clients`, { name: 'Client' });
    const by = { kind: 'user', id: viewer.id };
    expect(await events(database, direct.id, 'attempt.refused')).toMatchObject([
      { actor: by, after: { operation: 'POST /v1/accounts/{accountId}/api-keys', code: 'AGENCY_ROLE_REQUIRED' } },
      { actor: by, after: { operation: 'POST /v1/agencies/{agencyId}/clients', code: 'AGENCY_ACCOUNT_REQUIRED' } },
    ]);
  });

  test('once, when the same request comes again', async () => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id, { name: 'Taken' });
    for (let index = 0; index < 3; index++) await agency.post('/clients', { name: 'Taken', onLimit: 'refuse' }, { 'idempotency-key': 'once' });
    expect(await events(database, agency.id, 'attempt.refused')).toHaveLength(1);
  });

  test('at most sixty times at once: whoever goes on is only logged', async () => {
    const { id, key } = await newTenant(api);
    const limits = createRequestLimits({ perCaller: 1_000, perAccount: 1_000 }, () => 1_000);
    const agency = tenantWith(await anotherApi(api, { limits }), id, key);
    await Promise.all(Array.from({ length: 70 }, () => agency.post('/clients', { name: '' })));
    expect(await events(database, id, 'attempt.refused')).toHaveLength(60);
  });
});

describe('nothing is in the history', () => {
  test('of who was refused to read', async () => {
    const agency = await newTenant(api);
    await agency.get(`/clients/${newClientId()}`);
    expect(await events(database, agency.id)).toEqual([]);
  });

  test('of an agency that somebody else tried something in, nor of theirs', async () => {
    const [agency, other] = [await newTenant(api), await newTenant(api)];
    expect(await tenantWith(api, agency.id, other.key).post('/clients', { name: 'Client' })).toMatchObject(refusal('NOT_FOUND'));
    expect([await events(database, agency.id), await events(database, other.id)]).toEqual([[], []]);
  });

  test('of who has no valid credential', async () => {
    const agency = await newTenant(api);
    await tenantWith(api, agency.id, 'fyk_unknown').post('/clients', { name: 'Client' });
    expect(await events(database, agency.id)).toEqual([]);
  });
});

test('a refusal is answered as ever when it cannot be written down', async () => {
  const agency = await newTenant(api);
  const other = await anotherApi(api);
  await database.admin.schema.alterTable('foyer.events').renameTo('events_away').execute();
  try {
    expect(await tenantWith(other, agency.id, agency.key).post('/clients', { name: '' })).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(other.logged).toContainEqual(expect.objectContaining({ msg: 'a refused attempt is not in the history' }));
  } finally {
    await database.admin.schema.alterTable('foyer.events_away').renameTo('events').execute();
  }
});
