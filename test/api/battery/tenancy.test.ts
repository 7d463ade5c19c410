import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { refusal } from '../../harness/answers.ts';
import { testApi } from '../../harness/api.ts';
import { openPerson } from '../../harness/person.ts';
import { newDirectAccount } from '../../harness/tenant.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { idPositions, naming, nothingThere, told } from './id-positions.ts';
import { knownOperations, requestOf, rightful } from './known-operations.ts';
import { newWorld } from './world.ts';

const api = await testApi();
const { database } = api;
// What is refused changes nothing, and every test looks that it did not: the same two agencies do for all.
const [world, other] = [await newWorld(api), await newWorld(api)];
const direct = await newDirectAccount(database);
const directOwner = await openPerson(api, direct.id, { role: 'owner' });
const ofTenants = knownOperations(api).filter(({ guard }) => ['agency', 'account', 'member'].includes(guard.by));

test('the batteries find every place where a request can name a record of a tenant', () => {
  const places = new Set(ofTenants.flatMap((operation) => idPositions(operation).map(({ in: where, name }) => `${where} ${name}`)));
  expect([...places].toSorted()).toEqual(
    [
      'body clientId',
      'body into',
      'query into',
      'body projectId',
      'path clientId',
      'path connectionId',
      'path onboardingId',
      'path importId',
      'body personId',
      'path invitationId',
      'path personId',
      'path projectId',
      'query clientId',
      'query projectId',
      'query actorId',
      'path keyId',
    ].toSorted(),
  );
});

describe.each(ofTenants)('$operationId', (operation) => {
  test('answers a key and an owner of another agency as if there were no such agency, byte for byte, and changes nothing', async () => {
    const before = [await tenantRows(database, world.agencyId), await tenantRows(database, other.agencyId)];
    for (const by of [{ key: other.key }, { as: other.people.owner }]) {
      const naming = (id: string) => api.send(requestOf(operation, world, { ...by, ids: { agencyId: id, accountId: id } }));
      const [foreign, unknown, malformed] = [await naming(world.agencyId), await naming(randomUUID()), await naming('x')];
      expect(foreign).toMatchObject(refusal('NOT_FOUND'));
      expect(told(foreign)).toEqual(told(unknown));
      expect(told(foreign)).toEqual(told(malformed));
    }
    expect([await tenantRows(database, world.agencyId), await tenantRows(database, other.agencyId)]).toEqual(before);
  });

  if (operation.guard.by === 'agency') {
    test('refuses a direct account with AGENCY_ACCOUNT_REQUIRED, its key and its owner alike', async () => {
      for (const by of [{ key: direct.key }, { as: directOwner }]) {
        expect(await api.send(requestOf(operation, world, { ...by, ids: { agencyId: direct.id } }))).toMatchObject(refusal('AGENCY_ACCOUNT_REQUIRED'));
        expect(await api.send(requestOf(operation, world, by))).toMatchObject(refusal('NOT_FOUND'));
      }
    });
  }

  for (const position of idPositions(operation)) {
    test(`answers another agency's ${position.name} in its ${position.in} as one that is not there, byte for byte, and leaves that agency as it is`, async () => {
      const before = await tenantRows(database, other.agencyId);
      // An attempt that was refused stands in the history of whoever made it, under what it named: one that is searched has none.
      const caller = position.in === 'query' ? await newWorld(api) : world;
      const by = rightful(api, operation, caller);
      const foreign = await api.send(naming(operation, caller, by, { ...position, id: other.ids[position.name] ?? '' }));
      const unknown = await api.send(naming(operation, caller, by, { ...position, id: randomUUID() }));
      expect(told(foreign)).toEqual(told(unknown));
      expect(foreign).toMatchObject(nothingThere(operation, position));
      expect(await tenantRows(database, other.agencyId)).toEqual(before);
    });
  }
});
