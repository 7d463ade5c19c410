import { describe, expect, test } from 'vitest';
import { keyMay, permissions, scopes } from '../../../domain/permission.ts';
import { refusal, withoutRequestId } from '../../harness/answers.ts';
import { initOf, testApi } from '../../harness/api.ts';
import { openKey } from '../../harness/tenant.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { type Guard, type KnownOperation, knownOperations, requestOf } from './known-operations.ts';
import { newWorld, worldFor } from './world.ts';

const api = await testApi();
const { database } = api;
// What is refused changes nothing, and every test looks that it did not: two worlds do for all of them.
const [untouched, other] = [await newWorld(api), await newWorld(api)];
const keys = await Promise.all(scopes.map(async (scope) => ({ scope, key: await openKey(database, untouched.agencyId, { scopes: [scope] }) })));
const operations = knownOperations(api);

function guardedBy<By extends Guard['by']>(by: By) {
  return operations.filter((operation): operation is KnownOperation & { guard: Extract<Guard, { by: By }> } => operation.guard.by === by);
}

describe.each([...guardedBy('agency'), ...guardedBy('account')])('$operationId, for $guard.permission', (operation) => {
  const { permission } = operation.guard;
  const { scope } = permissions[permission];

  test.skipIf(scope === null)('is done for a key with its scope alone', async () => {
    const world = await worldFor(api, operation, untouched);
    const request = requestOf(operation, world, { key: await openKey(database, world.agencyId, { scopes: scope === null ? [] : [scope] }) });
    const { status, body } = await api.app.request(request.path, initOf(request));
    // A stream would go on for as long as the onboarding does.
    await body?.cancel();
    expect(status).toBeLessThan(300);
  });

  test('is refused with AGENCY_ROLE_REQUIRED for every key without it, and changes nothing', async () => {
    const before = await tenantRows(database, untouched.agencyId);
    for (const { scope: held, key } of keys.filter(({ scope }) => !keyMay([scope], permission))) {
      expect(await api.send(requestOf(operation, untouched, { key })), held).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    }
    expect(await tenantRows(database, untouched.agencyId)).toEqual(before);
  });

  test('is refused with AGENCY_ROLE_REQUIRED for the platform operator, whatever agency is named', async () => {
    const before = await tenantRows(database, untouched.agencyId);
    const refused = [untouched, other].map(({ ids }) => api.send(requestOf(operation, untouched, { key: api.operatorKey, ids })));
    for (const answer of await Promise.all(refused)) expect(answer).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await tenantRows(database, untouched.agencyId)).toEqual(before);
  });
});

describe.each(guardedBy('operator'))('$operationId, for the platform operator', (operation) => {
  test('is done for the operator', async () => {
    const answer = await api.send(requestOf(operation, await newWorld(api), { key: api.operatorKey }));
    expect(answer.status, answer.text).toBeLessThan(300);
  });

  test('is not there for an agency, with whatever scopes, and changes nothing', async () => {
    const before = await tenantRows(database, untouched.agencyId);
    const answer = await api.send(requestOf(operation, untouched));
    const nowhere = await api.send({ method: 'POST', path: '/v1/operator/nowhere', key: untouched.key, body: {} });
    expect(answer).toMatchObject(refusal('NOT_FOUND'));
    expect(withoutRequestId(answer)).toBe(withoutRequestId(nowhere));
    expect(await tenantRows(database, untouched.agencyId)).toEqual(before);
  });
});

test.each(guardedBy('key'))('$operationId is done for a key of the least scope', async (operation) => {
  const key = await openKey(database, untouched.agencyId, { scopes: ['clients:read'] });
  expect(await api.send(requestOf(operation, untouched, { key }))).toMatchObject({ status: 200 });
});
