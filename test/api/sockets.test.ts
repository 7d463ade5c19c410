import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { initOf, read, testApi } from '../harness/api.ts';
import { readEventStream, streamHeaders, streamPath } from '../harness/event-stream.ts';
import { listen } from '../harness/listening.ts';
import { openProject, reportInput } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const api = await testApi();
const { database } = api;

const megabyte = 1024 * 1024;

/** A JSON body of about so many bytes, in pieces, whose length nobody tells. */
function inPieces(size: number): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = sent === 0 ? '{"name":"' : 'x'.repeat(64 * 1024);
      sent += piece.length;
      controller.enqueue(new TextEncoder().encode(piece));
      if (sent > size) controller.close();
    },
  });
}

test('a body larger than a megabyte is refused, whether its length is told or not', async () => {
  await using server = await listen(api);
  const agency = await newTenant(api);
  const path = `${server.url}/v1/agencies/${agency.id}/clients`;
  const headers = { authorization: `Bearer ${agency.key}`, 'content-type': 'application/json' };
  const told = await read(await fetch(path, { method: 'POST', headers, body: JSON.stringify({ name: 'Acme', notes: 'x'.repeat(megabyte) }) }));
  const untold = await read(await fetch(path, { method: 'POST', headers, body: inPieces(2 * megabyte), duplex: 'half' }));
  for (const answer of [told, untold]) {
    expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(answer.as(answers.problem).errors).toEqual([{ pointer: '', message: 'the body is larger than 1 MB' }]);
  }
  expect((await agency.get('/clients')).as(answers.clients).items).toEqual([]);
});

test('a report may be sixteen megabytes large, and no more', async () => {
  await using server = await listen(api);
  const agency = await newTenant(api);
  const projectId = await openProject(database, agency.id);
  const { agencyId: _, projectId: __, actor: ___, ...report } = reportInput({ agencyId: agency.id, projectId });
  const send = async (padding: number) =>
    read(
      await fetch(
        `${server.url}/v1/agencies/${agency.id}/projects/${projectId}/report`,
        initOf({ method: 'PUT', path: '', key: agency.key, body: { ...report, unknown: 'x'.repeat(padding) } }),
      ),
    );
  expect(await send(15 * megabyte)).toMatchObject({ status: 200 });
  expect(await send(16 * megabyte)).toMatchObject(refusal('VALIDATION_FAILED'));
});

test('a caller that leaves in the middle of its body harms nobody', async () => {
  await using server = await listen(api);
  const agency = await newTenant(api);
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  const head = `POST /v1/agencies/${agency.id}/clients HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${agency.key}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`;
  await new Promise((sent) => socket.write(`${head}{"name":"Acme`, sent));
  await until('the API has looked at the key', () => database.admin.selectFrom('api_keys').select('id').where('agency_id', '=', agency.id).executeTakeFirst());
  socket.destroy();
  await until('the request is over', () => api.logged.some(({ agencyId }) => agencyId === agency.id));
  expect(await read(await fetch(`${server.url}/healthz`))).toMatchObject({ status: 200 });
  expect((await agency.get('/clients')).as(answers.clients).items).toEqual([]);
});

test('a caller that leaves while it waits loses nothing: its onboarding goes on, and its key answers', async () => {
  await using server = await listen(api);
  const agency = await newTenant(api);
  const leaving = new AbortController();
  const headers = { 'idempotency-key': 'one' };
  const request = initOf({ method: 'POST', path: '', key: agency.key, body: { name: 'Acme' }, headers });
  const sent = fetch(`${server.url}/v1/agencies/${agency.id}/clients`, { ...request, signal: leaving.signal });
  await until('Temporal has the onboarding', async () => (await agency.get('/onboardings')).as(answers.onboardings).items.length > 0);
  leaving.abort();
  await sent.catch(() => undefined);
  const again = await agency.post('/clients', { name: 'Acme' }, headers);
  expect(again).toMatchObject({ status: 201 });
  expect((await agency.get('/onboardings')).as(answers.onboardings).items).toHaveLength(1);
});

test('a stream is seen piece by piece as it happens, and a reader may leave it at any time', async () => {
  await using server = await listen(api);
  const agency = await newTenant(api);
  const { onboarding } = (await agency.post('/clients', { name: 'Acme' })).as(answers.onboarded);
  await agency.onboardingIn('waiting_for_project', onboarding.id);
  const of = { agencyId: agency.id, key: agency.key, onboardingId: onboarding.id };
  const open = async () => readEventStream(await fetch(server.url + streamPath(of), { headers: streamHeaders(of) }));
  const [leaves, stays] = [await open(), await open()];
  for (const stream of [leaves, stays]) expect(await stream.next()).toMatchObject({ state: 'waiting_for_project' });
  await leaves[Symbol.asyncDispose]();
  await agency.post(`/onboardings/${onboarding.id}/cancel`);
  expect(await stays.nextWhere(({ state }) => state === 'cancelled')).toBeDefined();
  expect(await stays.next()).toBeUndefined();
});

test('headers larger than Node takes are refused without a word from the API', async () => {
  await using server = await listen(api);
  const answer = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${'x'.repeat(32 * 1024)}` } });
  expect(answer.status).toBe(431);
});
