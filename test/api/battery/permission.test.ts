import { describe, expect, test } from 'vitest';
import { keyMay, permissions, scopes } from '../../../domain/permission.ts';
import { refusal, withoutRequestId } from '../../harness/answers.ts';
import { initOf, testApi } from '../../harness/api.ts';
import { openKey } from '../../harness/tenant.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { type Guard, type KnownOperation, knownOperations, newWorld, requestOf } from './known-operations.ts';

const api = await testApi();
const { database } = api;
const operations = knownOperations(api);

function guardedBy<By extends Guard['by']>(by: By) {
  return operations.filter((operation): operation is KnownOperation & { guard: Extract<Guard, { by: By }> } => operation.guard.by === by);
}

describe.each([...guardedBy('agency'), ...guardedBy('account')])('$operationId, for $guard.permission', (operation) => {
  const { permission } = operation.guard;
  const { scope } = permissions[permission];

  test.skipIf(scope === null)('is done for a key with its scope alone', async () => {
    const world = await newWorld(api);
    const request = requestOf(operation, world, { key: await openKey(database, world.agencyId, { scopes: scope === null ? [] : [scope] }) });
    const { status, body } = await api.app.request(request.path, initOf(request));
    // A stream would go on for as long as the onboarding does.
    await body?.cancel();
    expect(status).toBeLessThan(300);
  });

  test('is refused with AGENCY_ROLE_REQUIRED for every key without it, and changes nothing', async () => {
    const world = await newWorld(api);
    const lacking = scopes.filter((held) => !keyMay([held], permission));
    const keys = await Promise.all(lacking.map((held) => openKey(database, world.agencyId, { scopes: [held] })));
    const before = await tenantRows(database, world.agencyId);
    for (const key of keys) expect(await api.send(requestOf(operation, world, { key }))).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await tenantRows(database, world.agencyId)).toEqual(before);
  });

  test('is refused with AGENCY_ROLE_REQUIRED for the platform operator, whatever agency is named', async () => {
    const [world, other] = [await newWorld(api), await newWorld(api)];
    const before = await tenantRows(database, world.agencyId);
    const refused = [world, other].map(({ ids }) => api.send(requestOf(operation, world, { key: api.operatorKey, ids })));
    for (const answer of await Promise.all(refused)) expect(answer).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await tenantRows(database, world.agencyId)).toEqual(before);
  });
});

describe.each(guardedBy('operator'))('$operationId, for the platform operator', (operation) => {
  test('is done for the operator', async () => {
    const answer = await api.send(requestOf(operation, await newWorld(api), { key: api.operatorKey }));
    expect(answer.status, answer.text).toBeLessThan(300);
  });

  test('is not there for an agency, with whatever scopes, and changes nothing', async () => {
    const world = await newWorld(api);
    const before = await tenantRows(database, world.agencyId);
    const answer = await api.send(requestOf(operation, world));
    const nowhere = await api.send({ method: 'POST', path: '/v1/operator/nowhere', key: world.key, body: {} });
    expect(answer).toMatchObject(refusal('NOT_FOUND'));
    expect(withoutRequestId(answer)).toBe(withoutRequestId(nowhere));
    expect(await tenantRows(database, world.agencyId)).toEqual(before);
  });
});

test.each(guardedBy('key'))('$operationId is done for a key of the least scope', async (operation) => {
  const world = await newWorld(api);
  const key = await openKey(database, world.agencyId, { scopes: ['clients:read'] });
  expect(await api.send(requestOf(operation, world, { key }))).toMatchObject({ status: 200 });
});
