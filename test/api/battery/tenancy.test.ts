import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { refusal, withoutRequestId } from '../../harness/answers.ts';
import { type Answer, testApi } from '../../harness/api.ts';
import { bodySchemaOf } from '../../harness/openapi.ts';
import { openPerson } from '../../harness/person.ts';
import { newDirectAccount } from '../../harness/tenant.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { type KnownOperation, knownOperations, newWorld, requestOf, rightful, type World, withQuery } from './known-operations.ts';

const api = await testApi();
const { database } = api;
const ofTenants = knownOperations(api).filter(({ guard }) => ['agency', 'account', 'member'].includes(guard.by));

/** Whatever an answer tells: its status, its headers but for the request id, its body but for it. */
function told(answer: Answer): unknown {
  const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id');
  return { status: answer.status, headers, body: withoutRequestId(answer) };
}

/** Where a request of the operation names a record: parameters of path and query, and fields of the body, by their format. */
function idPositions(operation: KnownOperation): { in: 'path' | 'query' | 'body'; name: string }[] {
  const parameters = operation.parameters
    .filter(({ schema, in: where }) => schema.format === 'uuid' && where !== 'header')
    .map(({ name, in: where }) => ({ in: where === 'path' ? ('path' as const) : ('query' as const), name }));
  const fields = Object.entries(bodySchemaOf(operation)?.properties ?? {}).filter(([, { format }]) => format === 'uuid');
  return [...parameters, ...fields.map(([name]) => ({ in: 'body' as const, name }))].filter(({ name }) => name !== 'agencyId' && name !== 'accountId');
}

/** The operation's request, naming the record `id` at one position. */
function naming(operation: KnownOperation, world: World, { in: where, name }: ReturnType<typeof idPositions>[number], id: string) {
  const by = rightful(api, operation, world);
  if (where === 'path') return requestOf(operation, world, { ...by, ids: { [name]: id } });
  if (where === 'body') return requestOf(operation, world, { ...by, body: { ...operation.body(world), [name]: id } });
  return withQuery(requestOf(operation, world, by), `${name}=${id}`);
}

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
      'body personId',
      'path invitationId',
      'path personId',
      'path projectId',
      'query clientId',
    ].toSorted(),
  );
});

describe.each(ofTenants)('$operationId', (operation) => {
  test('answers a key and an owner of another agency as if there were no such agency, byte for byte, and changes nothing', async () => {
    const [world, other] = [await newWorld(api), await newWorld(api)];
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

  test.runIf(operation.guard.by === 'agency')('refuses a direct account with AGENCY_ACCOUNT_REQUIRED, its key and its owner alike', async () => {
    const [world, direct] = [await newWorld(api), await newDirectAccount(database)];
    for (const by of [{ key: direct.key }, { as: await openPerson(api, direct.id, { role: 'owner' }) }]) {
      expect(await api.send(requestOf(operation, world, { ...by, ids: { agencyId: direct.id } }))).toMatchObject(refusal('AGENCY_ACCOUNT_REQUIRED'));
      expect(await api.send(requestOf(operation, world, by))).toMatchObject(refusal('NOT_FOUND'));
    }
  });

  for (const position of idPositions(operation)) {
    test(`answers another agency's ${position.name} in its ${position.in} as one that is not there, byte for byte, and leaves that agency as it is`, async () => {
      const [world, other] = [await newWorld(api), await newWorld(api)];
      const before = await tenantRows(database, other.agencyId);
      const foreign = await api.send(naming(operation, world, position, other.ids[position.name] ?? ''));
      const unknown = await api.send(naming(operation, world, position, randomUUID()));
      expect(told(foreign)).toEqual(told(unknown));
      // The filter of a list finds nothing; everything else is refused.
      const filters = position.in === 'query' && operation.operationId.startsWith('list');
      expect(foreign).toMatchObject(
        filters ? { status: 200, body: { items: [] } } : { status: expect.toSatisfy((status) => [404, 409, 422].includes(status)) },
      );
      expect(await tenantRows(database, other.agencyId)).toEqual(before);
    });
  }
});
