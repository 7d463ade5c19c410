import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../../harness/answers.ts';
import { type Answer, type ApiRequest, testApi } from '../../harness/api.ts';
import { bodySchemaOf } from '../../harness/openapi.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { type KnownOperation, knownOperations, requestOf, rightful } from './known-operations.ts';
import { newWorld } from './world.ts';
import { wrongBodies } from './wrong-values.ts';

// Whatever would get through starts nothing that goes on by itself.
const api = await testApi({ worker: false });
const { database } = api;
// What is refused changes nothing, and every test looks that it did not: one world does for all.
const world = await newWorld(api);
const withBody = knownOperations(api).flatMap((operation) => {
  const schema = bodySchemaOf(operation);
  // What is not signed is refused before its body is looked at.
  return schema && operation.guard.by !== 'signature' ? [{ ...operation, schema }] : [];
});
const withoutBody = knownOperations(api).filter((operation) => ['post', 'delete'].includes(operation.method) && !bodySchemaOf(operation));

/** What takes more than one. */
const megabytes: Record<string, number> = { deliverReport: 16, importClients: 5 };

const bytes = (text: string) => new TextEncoder().encode(text);
const json = { 'content-type': 'application/json' };

/** Sends what is wrong in this way or that, and sees that each is refused and nothing changed. */
async function refuseAll(operation: KnownOperation, requests: [string, Partial<ApiRequest>][], check: (why: string, answer: Answer) => void) {
  const right = requestOf(operation, world, rightful(api, operation, world));
  const before = await tenantRows(database, world.agencyId);
  for (const [why, request] of requests) {
    const headers = { ...right.headers, ...request.headers };
    const answer = await api.send({ ...right, ...('bytes' in request && { body: undefined }), ...request, headers });
    expect(answer.headers.get('content-type'), why).toBe('application/problem+json');
    check(why, answer);
  }
  expect(await tenantRows(database, world.agencyId)).toEqual(before);
}

describe.each(withBody)('$operationId', (operation) => {
  const whole = () => JSON.stringify(operation.body(world));

  test('refuses every field that is wrong, with 422 and a pointer at it', async () => {
    const wrong = wrongBodies(operation.body(world), operation.schema);
    const pointers = new Map(wrong.map(({ pointer, why }) => [`${pointer} ${why}`, pointer]));
    await refuseAll(
      operation,
      wrong.map(({ pointer, why, body }) => [`${pointer} ${why}`, { body }]),
      (why, answer) => {
        expect(answer, why).toMatchObject(refusal('VALIDATION_FAILED'));
        const told = answer.as(answers.problem).errors?.map(({ pointer }) => pointer) ?? [];
        expect(told, why).toContainEqual(expect.stringMatching(new RegExp(`^${pointers.get(why)}(/|$)`)));
      },
    );
    expect(pointers.size).toBeGreaterThan(10);
  });

  test('refuses what is no JSON with 400', async () => {
    const unreadable = ['', ' ', '{', '}', '{"a":}', "{'a':1}", '{"a":1}{"a":1}', 'undefined', 'NaN', '\u0000', '{"a":"\n"}', '<a/>', '['.repeat(10_000)];
    await refuseAll(
      operation,
      unreadable.map((text) => [JSON.stringify(text.slice(0, 20)), { bytes: bytes(text), headers: json }]),
      (why, answer) => expect(answer, why).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ pointer: '' }] } }),
    );
  });

  test('refuses JSON that is no object, however deep, with 422', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const others = ['[]', 'null', 'true', '7', '"x"', '[{}]', deep, `{"__proto__":{"name":"x"}}`, `{"constructor":{"prototype":{"polluted":true}}}`];
    await refuseAll(
      operation,
      [...others, `[${whole()}]`, `{"__proto__":${whole()}}`].map((text) => [text.slice(0, 60), { bytes: bytes(text), headers: json }]),
      (why, answer) => expect(answer, why).toMatchObject(refusal('VALIDATION_FAILED')),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('refuses a field that is deep where text is expected', async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    await refuseAll(
      operation,
      Object.keys(operation.schema.properties ?? {}).map((name) => [name, { bytes: bytes(`{${JSON.stringify(name)}:${deep}}`), headers: json }]),
      (why, answer) => expect(answer, why).toMatchObject(refusal('VALIDATION_FAILED')),
    );
  });

  test('refuses a body of another type, or of none', async () => {
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonx', 'json', ''];
    await refuseAll(
      operation,
      [
        ...types.map((type): [string, Partial<ApiRequest>] => [type, { bytes: bytes(whole()), headers: { 'content-type': type } }]),
        ['none', { bytes: bytes(whole()) }],
      ],
      (why, answer) => {
        expect(answer, why).toMatchObject(refusal('VALIDATION_FAILED'));
        expect(
          answer.as(answers.problem).errors?.map(({ pointer }) => pointer),
          why,
        ).toEqual(['/headers/content-type']);
      },
    );
  });

  test('refuses no body at all', async () => {
    const { method } = operation;
    await refuseAll(
      operation,
      [
        ['with its type', { body: undefined, headers: json }],
        ['without', { body: undefined, method: method.toUpperCase() }],
      ],
      (why, answer) => expect(answer, why).toMatchObject({ status: why === 'without' ? 422 : 400, body: { code: 'VALIDATION_FAILED' } }),
    );
  });

  test('refuses a body that is too large before it looks at it', async () => {
    const padding = 'x'.repeat((megabytes[operation.operationId] ?? 1) * 1024 * 1024);
    await refuseAll(operation, [['padded', { body: { ...operation.body(world), padding } }]], (why, answer) => {
      expect(answer, why).toMatchObject(refusal('VALIDATION_FAILED'));
      expect(answer.as(answers.problem).errors).toEqual([{ pointer: '', message: expect.stringContaining('larger than') }]);
    });
  });
});

test.each(withoutBody)('$operationId takes no body, and refuses one that is too large', async (operation) => {
  await refuseAll(operation, [['padded', { body: { padding: 'x'.repeat(1024 * 1024) } }]], (why, answer) =>
    expect(answer, why).toMatchObject(refusal('VALIDATION_FAILED')),
  );
});
