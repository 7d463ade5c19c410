import { describe, expect, test } from 'vitest';
import { refusal, withoutRequestId } from '../../harness/answers.ts';
import { testApi } from '../../harness/api.ts';
import { openKey } from '../../harness/tenant.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { knownOperations, requestOf } from './known-operations.ts';
import { newWorld, type World } from './world.ts';

const api = await testApi({ worker: false });
const { database } = api;
// What is refused changes nothing, and every test looks that it did not: one world does for all of them.
const untouched = await newWorld(api);
const operations = knownOperations(api);
const hour = 3_600_000;

/** What is no valid credential, as the value of an `Authorization` header. */
async function credentials({ agencyId, key }: World): Promise<[string, string | undefined][]> {
  const expired = await openKey(database, agencyId, { expiresAt: new Date(Date.now() - 1) });
  const revoked = await openKey(database, agencyId, { revokedAt: new Date(Date.now() - hour) });
  return [
    ['none', undefined],
    ['an empty one', ''],
    ['the scheme alone', 'Bearer'],
    ['the scheme and a blank', 'Bearer '],
    ['another scheme', `Basic ${Buffer.from(`${key}:`).toString('base64')}`],
    ['a key without its scheme', key],
    ['a key with something behind it', `Bearer ${key} more`],
    ['two keys', `Bearer ${key},${key}`],
    ['a key with another last letter', `Bearer ${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`],
    ['a key in other letters', `Bearer ${key.toUpperCase()}`],
    ['the beginning of a key', `Bearer ${key.slice(0, 10)}`],
    ['an unknown key', `Bearer fyk_${'x'.repeat(43)}`],
    ['a huge key', `Bearer ${'x'.repeat(10_000)}`],
    ['an injection', `Bearer ' or '1'='1`],
    ['letters that are none', 'Bearer \u00e9\u00ff'],
    ['an expired key', `Bearer ${expired}`],
    ['a revoked key', `Bearer ${revoked}`],
  ];
}

const bad = await credentials(untouched);
const guarded = operations.filter(({ guard }) => guard.by !== 'nobody' && guard.by !== 'signature');

describe.each(guarded)('$operationId', (operation) => {
  test('answers whatever is no valid credential with the same 401, byte for byte, and does nothing', async () => {
    const before = await tenantRows(database, untouched.agencyId);
    const bodies = new Set<string>();
    for (const [name, authorization] of bad) {
      const answer = await api.send(requestOf(operation, untouched, { key: undefined, ...(authorization !== undefined && { headers: { authorization } }) }));
      expect(answer, name).toMatchObject(refusal('UNAUTHENTICATED'));
      expect(answer.headers.get('www-authenticate'), name).toBe('Bearer realm="foyer"');
      bodies.add(withoutRequestId(answer));
    }
    expect(bodies.size).toBe(1);
    expect(await tenantRows(database, untouched.agencyId)).toEqual(before);
  });

  test('looks at the credential before anything else of the request', async () => {
    const answer = await api.send(
      requestOf(operation, untouched, { key: undefined, ids: { agencyId: 'x', accountId: 'x' }, ...(operation.body(untouched) && { body: ['nonsense'] }) }),
    );
    expect(answer).toMatchObject(refusal('UNAUTHENTICATED'));
  });
});

test.each(operations.filter(({ guard }) => guard.by === 'signature'))(
  '$operationId is no use to whoever does not sign, whatever keys they have',
  async (operation) => {
    for (const key of [undefined, untouched.key, api.operatorKey]) {
      expect(await api.send(requestOf(operation, untouched, { key, body: { type: 'deal.won' } }))).toMatchObject(refusal('UNAUTHENTICATED'));
    }
  },
);

test.each(operations.filter(({ guard }) => guard.by === 'nobody'))('$operationId is open to anyone, and the same to everyone', async (operation) => {
  const world = await newWorld(api);
  for (const key of [undefined, 'unknown', world.key]) expect(await api.send(requestOf(operation, world, { key }))).toMatchObject({ status: 200 });
});
