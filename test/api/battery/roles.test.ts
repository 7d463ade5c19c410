import { describe, expect, test } from 'vitest';
import { type Permission, roleMay, roles } from '../../../domain/permission.ts';
import { refusal } from '../../harness/answers.ts';
import { initOf, testApi } from '../../harness/api.ts';
import { openPerson, type TestPerson } from '../../harness/person.ts';
import { newTenant } from '../../harness/tenant.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { type KnownOperation, knownOperations, requestOf, rightful } from './known-operations.ts';
import { newWorld, type World, worldFor } from './world.ts';

const api = await testApi();
const { database } = api;
// What is refused changes nothing, and every test looks that it did not: one world does for all of them.
const untouched = await newWorld(api);
const people = await Promise.all(roles.map(async (role) => ({ role, as: await openPerson(api, untouched.agencyId, { role }) })));
const operations = knownOperations(api);

/** Guarded by a permission of the roles, in an agency or in any account. */
const byRole = operations.flatMap((operation) => {
  const { guard } = operation;
  return guard.by === 'agency' || guard.by === 'account' ? [{ ...operation, permission: guard.permission }] : [];
});
const ofPeople = operations.filter(({ guard }) => guard.by === 'member' || guard.by === 'person');

async function statusFor(operation: KnownOperation, world: World, as: TestPerson): Promise<number> {
  const request = requestOf(operation, world, { as });
  const { status, body } = await api.app.request(request.path, initOf(request));
  // A stream would go on for as long as the onboarding does.
  await body?.cancel();
  return status;
}

const having = (permission: Permission) => roles.filter((role) => roleMay(role, permission));
const lacking = (permission: Permission) => people.filter(({ role }) => !roleMay(role, permission));

describe.each(byRole)('$operationId, for $permission', (operation) => {
  test('is done for a person of every role that has it', async () => {
    const done = having(operation.permission).map(async (role) => {
      const world = await worldFor(api, operation, untouched);
      const as = role === 'owner' ? world.people.owner : await openPerson(api, world.agencyId, { role });
      expect(await statusFor(operation, world, as), role).toBeLessThan(300);
    });
    await Promise.all(done);
  });

  if (lacking(operation.permission).length === 0) return;

  test('is refused with AGENCY_ROLE_REQUIRED for a person of every other role, and changes nothing', async () => {
    const before = await tenantRows(database, untouched.agencyId);
    for (const { role, as } of lacking(operation.permission)) {
      expect(await api.send(requestOf(operation, untouched, { as })), role).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    }
    expect(await tenantRows(database, untouched.agencyId)).toEqual(before);
  });
});

describe.each(ofPeople)('$operationId, for people', (operation) => {
  test('is done for whom it is', async () => {
    const world = await worldFor(api, operation, untouched);
    const answer = await api.send(requestOf(operation, world, rightful(api, operation, world)));
    expect(answer.status, answer.text).toBeLessThan(300);
  });

  test('is refused with AGENCY_ROLE_REQUIRED for a key, with whatever scopes, and for the platform operator, and changes nothing', async () => {
    const before = await tenantRows(database, untouched.agencyId);
    for (const key of [untouched.key, api.operatorKey]) {
      expect(await api.send(requestOf(operation, untouched, { key }))).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    }
    expect(await tenantRows(database, untouched.agencyId)).toEqual(before);
  });
});

test.each(operations.filter(({ guard }) => guard.by === 'key'))('$operationId is done for a person of whatever role', async (operation) => {
  const { id } = await newTenant(api);
  for (const role of roles) {
    const as = await openPerson(api, id, { role });
    expect(await as.send({ method: operation.method.toUpperCase(), path: operation.template })).toMatchObject({ status: 200 });
  }
});

test.each(operations.filter(({ guard }) => guard.by === 'operator'))('$operationId is not there for a person, not even an owner', async (operation) => {
  const before = await tenantRows(database, untouched.agencyId);
  expect(await api.send(requestOf(operation, untouched, { as: untouched.people.owner }))).toMatchObject(refusal('NOT_FOUND'));
  expect(await tenantRows(database, untouched.agencyId)).toEqual(before);
});
