import { describe, expect, test } from 'vitest';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { newClientId } from '../harness/ids.ts';
import { newTenant } from '../harness/tenant.ts';
import { clientRow, events } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

/** An agency with a client, whose ETag was read. */
async function clientAsRead() {
  const agency = await newTenant(api);
  const details = { name: 'Acme', contactEmail: 'ops@acme.example', externalReference: 'deal-1', notes: 'pays late' };
  const { clientId } = await activeClient(database, agency.id, details);
  const etag = (await agency.get(`/clients/${clientId}`)).headers.get('etag') ?? '';
  const edit = (change: object, ifMatch = etag) => agency.patch(`/clients/${clientId}`, change, { 'if-match': ifMatch });
  return { agency, clientId, etag, edit };
}

describe('a client account', () => {
  test('is edited: what was sent changes, null and blank clear, the rest stays', async () => {
    const { agency, clientId, etag, edit } = await clientAsRead();
    const answer = await edit({ name: ' Acme Holding ', contactEmail: null, notes: '  ' });
    expect(answer.status).toBe(200);
    const client = answer.as(answers.client);
    expect(client).toMatchObject({ name: 'Acme Holding', contactEmail: null, externalReference: 'deal-1', notes: null });
    expect(answer.headers.get('etag')).toBe(`"${client.version}"`);
    expect(answer.headers.get('etag')).not.toBe(etag);
    expect((await agency.get(`/clients/${clientId}`)).as(answers.client)).toEqual(client);
    expect(await events(database, agency.id, 'client.updated')).toMatchObject([
      { client_id: clientId, actor: { kind: 'apiKey' }, before: { name: 'Acme', notes: 'pays late' }, after: { name: 'Acme Holding', notes: null } },
    ]);
  });

  test('that is told what it says already stays as it is, and so does its version', async () => {
    const { agency, etag, edit } = await clientAsRead();
    const answer = await edit({ name: 'Acme' });
    expect(answer.headers.get('etag')).toBe(etag);
    expect(await events(database, agency.id, 'client.updated')).toEqual([]);
  });

  test('may take its own name in another spelling', async () => {
    const { edit } = await clientAsRead();
    expect((await edit({ name: 'ACME' })).as(answers.client).name).toBe('ACME');
  });

  test('is edited once by two who read the same version', async () => {
    const { agency, edit } = await clientAsRead();
    const answered = await Promise.all([edit({ notes: 'one' }), edit({ notes: 'two' })]);
    expect(answered.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expect(answered.find(({ status }) => status === 412)).toMatchObject(refusal('VERSION_CONFLICT'));
    expect(await events(database, agency.id, 'client.updated')).toHaveLength(1);
  });

  test('is edited whatever its version for *, and through a proxy that weakened its tag', async () => {
    const { etag, edit } = await clientAsRead();
    expect((await edit({ notes: 'weak' }, `W/${etag}`)).status).toBe(200);
    expect((await edit({ notes: 'any' }, '*')).status).toBe(200);
  });
});

describe('an edit is refused', () => {
  test.each(['', '3', 'x', '"x"', '""', '"1", "2"', '"-1"', '"99999999999999999999"'])('with a pointer at the header for If-Match: %s', async (ifMatch) => {
    const { agency, edit } = await clientAsRead();
    const answer = await edit({ notes: 'x' }, ifMatch);
    expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/headers/if-match' }] });
    expect(await events(database, agency.id, 'client.updated')).toEqual([]);
  });

  test('without If-Match', async () => {
    const { agency, clientId } = await clientAsRead();
    expect((await agency.patch(`/clients/${clientId}`, { notes: 'x' })).body).toMatchObject({ errors: [{ pointer: '/headers/if-match' }] });
  });

  test('that names nothing to change', async () => {
    const { edit } = await clientAsRead();
    expect(await edit({ colour: 'red' })).toMatchObject(refusal('VALIDATION_FAILED'));
  });

  test.each([
    ['CLIENT_NAME_TAKEN', { name: ' bIRCH ' }],
    ['EXTERNAL_REFERENCE_TAKEN', { externalReference: 'deal-2' }],
  ] as const)('with %s where another client has it, and changes nothing', async (code, change) => {
    const { agency, clientId, edit } = await clientAsRead();
    await activeClient(database, agency.id, { name: 'Birch', externalReference: 'deal-2' });
    const before = await clientRow(database, agency.id, clientId);
    expect(await edit({ ...change, notes: 'not written' })).toMatchObject(refusal(code));
    expect(await clientRow(database, agency.id, clientId)).toEqual(before);
  });

  test('with CLIENT_ARCHIVED for an archived client', async () => {
    const { agency, clientId, edit } = await clientAsRead();
    const archived = await agency.post(`/clients/${clientId}/archive`);
    expect(await edit({ notes: 'x' }, archived.headers.get('etag') ?? '')).toMatchObject(refusal('CLIENT_ARCHIVED'));
  });

  test("for another agency's client as for one that is not there, byte for byte", async () => {
    const [{ agency }, other] = [await clientAsRead(), await clientAsRead()];
    const foreign = await agency.patch(`/clients/${other.clientId}`, { notes: 'x' }, { 'if-match': other.etag });
    const unknown = await agency.patch(`/clients/${newClientId()}`, { notes: 'x' }, { 'if-match': other.etag });
    expect(foreign).toMatchObject(refusal('NOT_FOUND'));
    expect(withoutRequestId(foreign)).toBe(withoutRequestId(unknown));
  });
});
