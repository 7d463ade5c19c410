import { describe, expect, test } from 'vitest';
import { answers, refusal, withoutRequestId } from '../../harness/answers.ts';
import { type Answer, testApi } from '../../harness/api.ts';
import type { JsonSchema } from '../../harness/openapi.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { type KnownOperation, knownOperations, requestOf, rightful, withQuery } from './known-operations.ts';
import { newWorld } from './world.ts';

const api = await testApi();
const { database } = api;
// What is refused changes nothing, and every test looks that it did not: one world does for all.
const world = await newWorld(api);
const operations = knownOperations(api).filter(({ guard }) => ['agency', 'account', 'member', 'operator'].includes(guard.by));

const parametersIn = (operation: KnownOperation, where: 'path' | 'query' | 'header') => operation.parameters.filter((parameter) => parameter.in === where);
const encoded = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const id = '0190a5f2-0000-7000-8000-000000000000';
const time = '2026-05-01T12:00:00.000Z';

/** As they come in a path: what is no id, and what a careless program would make something of. */
const badIds = [
  'x',
  '0',
  '-1',
  'null',
  'undefined',
  '%00',
  '%20',
  `${id}%00`,
  `${id}%20`,
  `%7B${id}%7D`,
  id.replaceAll('-', ''),
  `${id}0`,
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  "'%20or%20'1'%3D'1",
  '%C3%A9',
  '%ED%A0%80',
  '%ff',
  '%E0%A4%A',
  '__proto__',
  'constructor',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'x'.repeat(10_000),
];

const badCursors = [
  'x',
  'null',
  ' ',
  '=',
  '..',
  '\u0000',
  'x'.repeat(201),
  encoded('x'),
  encoded(''),
  encoded(null),
  encoded({}),
  encoded([]),
  encoded([time]),
  encoded([id, time]),
  encoded([time, 'x']),
  encoded([time, id, id]),
  encoded([Date.parse(time), id]),
  encoded(['9'.repeat(30), id]),
  encoded([1e308, id]),
  encoded(['-1', id]),
  encoded(['1e3', id]),
  encoded(['+275760-09-13T00:00:00.000Z', id]),
  encoded(["2026-05-01T12:00:00.000Z'; drop table clients; --", id]),
  encoded({ __proto__: null, 0: time, 1: id, length: 2 }),
  encoded('{"__proto__":[]}'),
  Buffer.from([0xff, 0xfe, 0x00]).toString('base64url'),
];

function inOtherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function badValues(name: string, { type, enum: values, format, maxLength, maximum }: JsonSchema): string[] {
  if (name === 'cursor' || name === 'after') return badCursors;
  if (type === 'integer')
    return ['0', '-1', `${(maximum ?? 200) + 1}`, '1.5', 'x', '', ' ', 'NaN', 'Infinity', '1e9', '99999999999999999999', '1;2', '١', '\u0000'];
  if (values) return ['nonsense', '', '__proto__', 'constructor', `${values[0]} `, inOtherCase(String(values[0])), '\u0000'];
  if (format === 'uuid') return ['x', '', 'null', `${id}0`, '\u0000', '{}'];
  if (name === 'assigned') return ['yes', '1', '', 'null', '\u0000'];
  return ['\u0000', `a\u0000b`, 'x'.repeat((maxLength ?? 200) + 1)];
}

/** Sees that what is refused changes nothing. */
async function unchanged(work: () => Promise<void>): Promise<void> {
  const before = await tenantRows(database, world.agencyId);
  await work();
  expect(await tenantRows(database, world.agencyId)).toEqual(before);
}

function expectPointer(answer: Answer, pointer: string, why: string): void {
  expect(answer, why).toMatchObject(refusal('VALIDATION_FAILED'));
  expect(new Set(answer.as(answers.problem).errors?.map((error) => error.pointer)), why).toEqual(new Set([pointer]));
}

describe.each(operations)('$operationId', (operation) => {
  for (const { name, schema } of parametersIn(operation, 'path')) {
    test(`answers what is no ${name} in its path as one that is not there`, async () => {
      const by = rightful(api, operation, world);
      await unchanged(async () => {
        const bad = schema.enum ? ['nonsense', 'report', '__proto__', 'SCAN', '%00'].filter((value) => !schema.enum?.includes(value)) : badIds;
        const refused = await Promise.all(bad.map((value) => api.send(requestOf(operation, world, { ...by, ids: { [name]: value } }))));
        for (const [index, answer] of refused.entries()) {
          // A project that is not the agency's has a refusal of its own; text that is no id never comes so far.
          const unknown = /^[0f-]{36}$/.test(bad[index] ?? '');
          expect(answer, bad[index]).toMatchObject(
            unknown && operation.operationId === 'assignProject' && name === 'projectId' ? { status: 409 } : refusal('NOT_FOUND'),
          );
        }
        expect(new Set(refused.filter(({ status }) => status === 404).map(withoutRequestId)).size).toBe(1);
      });
    });
  }

  for (const { name, schema } of parametersIn(operation, 'query')) {
    test(`refuses what is no ${name} in its query, with a pointer at it`, async () => {
      const request = requestOf(operation, world, rightful(api, operation, world));
      await unchanged(async () => {
        for (const value of badValues(name, schema)) {
          const answer = await api.send(withQuery(request, `${name}=${encodeURIComponent(value)}`));
          expectPointer(answer, `/query/${name}`, `${name}=${value.slice(0, 60)}`);
        }
        const twice = await api.send(withQuery(request, `${name}=1&${name}=2`));
        expectPointer(twice, `/query/${name}`, `${name} twice`);
      });
    });
  }

  if (operation.template.includes('{')) {
    test('passes over what nobody asked for in its query', async () => {
      const nowhere = Object.fromEntries(parametersIn(operation, 'path').map(({ name }) => [name, 'x']));
      const request = requestOf(operation, world, { ...rightful(api, operation, world), ids: nowhere });
      const odd = ['?__proto__=x', '?constructor[prototype][x]=1', '?%00', '?%ff=%fe', '?=', '?&&&', `?${'a=1&'.repeat(2_000)}`];
      for (const query of odd) expect(await api.send({ ...request, path: request.path + query }), query).toMatchObject(refusal('NOT_FOUND'));
    });
  }

  if (parametersIn(operation, 'header').some(({ name }) => name === 'idempotency-key')) {
    test('refuses what is no idempotency key, with a pointer at it', async () => {
      await unchanged(async () => {
        for (const value of ['', 'x'.repeat(256), 'x'.repeat(10_000), 'with blanks', 'caf\u00e9', '\u00ff', 'a\tb']) {
          const answer = await api.send(requestOf(operation, world, { ...rightful(api, operation, world), headers: { 'idempotency-key': value } }));
          expectPointer(answer, '/headers/idempotency-key', JSON.stringify(value.slice(0, 20)));
        }
      });
    });
  }
});

test('a cursor at the edge of what a list can give is taken, and finds what is behind it', async () => {
  const edges = ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00.000Z'];
  for (const edge of edges) {
    for (const [list, all] of Object.entries({ clients: 3, onboardings: 2, projects: 2, 'crm-connections': 1 })) {
      const path = `/v1/agencies/${world.agencyId}/${list}?cursor=${encoded([edge, id])}`;
      const found = edge.startsWith('9999') ? all : 0;
      expect(await api.send({ method: 'GET', path, key: world.key }), `${list} from ${edge}`).toMatchObject({
        status: 200,
        body: { items: { length: found } },
      });
    }
  }
  const path = `/v1/agencies/${world.agencyId}/events?after=${encoded(['9'.repeat(18), id])}`;
  expect(await api.send({ method: 'GET', path, key: world.key })).toMatchObject({ status: 200, body: { items: [] } });
});
