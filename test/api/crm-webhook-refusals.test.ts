import { describe, expect, test } from 'vitest';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { type Connection, connectCrm, crmEvent, deliver, type Message, nowSeconds, signature } from '../harness/crm.ts';
import { newTenant } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;

const ignorable = crmEvent({ externalReference: 'HS-1' }, { type: 'client.updated' });
const bytes = new TextEncoder().encode(JSON.stringify(ignorable));

async function connected() {
  const agency = await newTenant(api);
  return { agency, connection: await connectCrm(agency) };
}

function signed({ secret }: Connection, id: string, sentAt: number) {
  return `v1,${signature(secret, id, sentAt, bytes)}`;
}

describe('a message is refused with UNAUTHENTICATED', () => {
  const [id, sentAt] = ['msg_1', nowSeconds()];
  const headers = (signature: string) => ({ 'webhook-signature': signature });
  test.each<[string, (connection: Connection) => Message]>([
    ['whose signature is forged', () => ({ event: ignorable, headers: headers(`v1,${Buffer.alloc(32).toString('base64')}`) })],
    ['whose signature is no signature', () => ({ event: ignorable, headers: headers('v1,AAAA') })],
    [
      'whose signature is of another version',
      (connection) => ({ event: ignorable, id, sentAt, headers: headers(signed(connection, id, sentAt).replace('v1,', 'v1a,')) }),
    ],
    ['without a signature', () => ({ event: ignorable, headers: headers('') })],
    ['without an id', () => ({ event: ignorable, headers: { 'webhook-id': '' } })],
    ['without a time', () => ({ event: ignorable, headers: { 'webhook-timestamp': '' } })],
    ['whose time is no time', () => ({ event: ignorable, headers: { 'webhook-timestamp': 'now' } })],
    ['with the id of another message', (connection) => ({ event: ignorable, id: 'msg_2', sentAt, headers: headers(signed(connection, id, sentAt)) })],
    ['with the time of another message', (connection) => ({ event: ignorable, id, sentAt: sentAt - 1, headers: headers(signed(connection, id, sentAt)) })],
    ['with one byte changed', (connection) => ({ event: `${JSON.stringify(ignorable)} `, id, sentAt, headers: headers(signed(connection, id, sentAt)) })],
    ['that is six minutes old', () => ({ event: ignorable, sentAt: nowSeconds() - 360 })],
    ['that comes from six minutes ahead', () => ({ event: ignorable, sentAt: nowSeconds() + 360 })],
    ['that cannot be read either: nothing is parsed before the signature holds', () => ({ event: '{', headers: headers('v1,AAAA') })],
  ])('%s', async (_, message) => {
    const { agency, connection } = await connected();
    const before = await events(database, agency.id);
    expect(await deliver(api, connection, message(connection))).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await events(database, agency.id)).toEqual(before);
  });

  test('signed with the secret of another connection, of this agency or another', async () => {
    const [{ agency, connection }, other] = [await connected(), await connected()];
    for (const { secret } of [await connectCrm(agency), other.connection]) {
      expect(await deliver(api, { id: connection.id, secret }, { event: ignorable })).toMatchObject(refusal('UNAUTHENTICATED'));
    }
  });

  test('and all these answers are one, so that nothing is learnt from them', async () => {
    const { connection } = await connected();
    const refused = await Promise.all([
      deliver(api, connection, { event: ignorable, headers: headers('') }),
      deliver(api, connection, { event: ignorable, headers: headers('v1,AAAA') }),
      deliver(api, connection, { event: ignorable, sentAt: nowSeconds() - 360 }),
    ]);
    expect(new Set(refused.map(withoutRequestId)).size).toBe(1);
  });
});

describe('a message is taken', () => {
  test.each([-240, 240])('%i seconds off', async (offSeconds) => {
    const { connection } = await connected();
    expect(await deliver(api, connection, { event: ignorable, sentAt: nowSeconds() + offSeconds })).toMatchObject({ status: 202 });
  });

  test('with one signature among several that holds', async () => {
    const { connection } = await connected();
    const [id, sentAt] = ['msg_1', nowSeconds()];
    const headers = { 'webhook-signature': `v1,AAAA v2,BBBB ${signed(connection, id, sentAt)}` };
    expect(await deliver(api, connection, { event: ignorable, id, sentAt, headers })).toMatchObject({ status: 202 });
  });

  test('whatever its content type says', async () => {
    const { connection } = await connected();
    expect(await deliver(api, connection, { event: ignorable, headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 202 });
  });
});

describe('a message that holds is refused', () => {
  test.each(['', '{', 'null', '[', 'undefined', '\u0000'])('with 400 when its JSON is %j, and with 422 when it is something else', async (event) => {
    const { connection } = await connected();
    const refused = await deliver(api, connection, { event });
    expect(refused).toMatchObject({ status: event === 'null' ? 422 : 400, body: { code: 'VALIDATION_FAILED' } });
  });

  test.each<[string, object, string]>([
    ['without a type', { type: undefined }, '/type'],
    ['without a time', { timestamp: undefined }, '/timestamp'],
    ['with a time that is none', { timestamp: 'yesterday' }, '/timestamp'],
    ['of a day still to come', { timestamp: new Date(Date.now() + 90_000_000).toISOString() }, '/timestamp'],
    ['without data', { data: undefined }, '/data'],
    ['without a reference', { data: { name: 'Acme' } }, '/data/externalReference'],
    ['with a blank reference', { data: { name: 'Acme', externalReference: ' ' } }, '/data/externalReference'],
    ['without a name', { data: { externalReference: 'HS-1' } }, '/data/name'],
    ['with an e-mail address that is none', { data: { externalReference: 'HS-1', name: 'Acme', contactEmail: 'acme' } }, '/data/contactEmail'],
    ['with a domain that is none', { data: { externalReference: 'HS-1', name: 'Acme', domain: 'https://acme.example' } }, '/data/domain'],
    ['with NUL in its name', { data: { externalReference: 'HS-1', name: 'Acme\u0000' } }, '/data/name'],
    ['with half a character in its reference', { data: { externalReference: '\ud800', name: 'Acme' } }, '/data/externalReference'],
  ])('with 422 %s, pointing at the field', async (_, changes, pointer) => {
    const { agency, connection } = await connected();
    const refused = await deliver(api, connection, { event: crmEvent({ externalReference: 'HS-1' }, changes) });
    expect(refused).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(refused.as(answers.problem).errors?.map((error) => error.pointer)).toContain(pointer);
    expect((await agency.get('/clients')).as(answers.clients).items).toEqual([]);
  });

  test('with 422 when it is larger than one megabyte', async () => {
    const { connection } = await connected();
    const event = crmEvent({ externalReference: 'HS-1', notes: 'x'.repeat(1_048_576) });
    expect(await deliver(api, connection, { event })).toMatchObject(refusal('VALIDATION_FAILED'));
  });

  test('and may then be sent again, corrected, under the same id', async () => {
    const { connection } = await connected();
    expect((await deliver(api, connection, { event: { type: 'client.updated' }, id: 'msg_1' })).status).toBe(422);
    expect((await deliver(api, connection, { event: ignorable, id: 'msg_1' })).status).toBe(202);
  });
});
