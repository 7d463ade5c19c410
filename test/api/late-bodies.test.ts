import { describe, expect, test } from 'vitest';
import { refusal } from '../harness/answers.ts';
import { type ApiRequest, initOf, read, testApi } from '../harness/api.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant, openKnownKey } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;

/** A request whose body is on its way until it is let go; waits until somebody wants it. */
async function beginSending({ body, ...request }: ApiRequest) {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const [wanted, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        wanted.resolve();
        await letGo.promise;
        controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const init = initOf({ ...request, headers: { 'content-type': 'application/json', 'content-length': String(bytes.length), ...request.headers } });
  const answer = Promise.resolve(api.app.request(request.path, { ...init, body: stream, duplex: 'half' })).then(read);
  await wanted.promise;
  return async () => {
    letGo.resolve();
    return answer;
  };
}

/** An agency whose owner looks after it, and how others begin to make themselves a way in. */
async function agencyWithOwner() {
  const { id } = await newTenant(api);
  const owner = await openPerson(api, id, { role: 'owner' });
  const account = `/v1/accounts/${id}`;
  const waysIn = (as: Pick<ApiRequest, 'headers' | 'key'>) =>
    Promise.all([
      beginSending({ ...as, method: 'POST', path: `${account}/api-keys`, body: { name: 'Back door', scopes: ['admin'] } }),
      beginSending({ ...as, method: 'POST', path: `${account}/invitations`, body: { email: 'me-again@people.example', role: 'admin' } }),
    ]);
  return { id, owner, account, waysIn };
}

describe('while the body of a request is on its way', () => {
  test('somebody who is removed, or restricted to some clients, keeps no way in that they had begun to make', async () => {
    for (const [meanwhile, code] of [
      ['removed', 'NOT_FOUND'],
      ['restricted', 'AGENCY_ROLE_REQUIRED'],
    ] as const) {
      const { id, owner, account, waysIn } = await agencyWithOwner();
      const admin = await openPerson(api, id, { role: 'admin' });
      const finish = await waysIn({ headers: admin.headers });
      const path = `${account}/members/${admin.id}`;
      expect((meanwhile === 'removed' ? await owner.delete(path) : await owner.patch(path, { clientIds: [] })).status).toBeLessThan(300);
      for (const send of finish) expect(await send()).toMatchObject(refusal(code));
      expect(await events(database, id, 'api_key.created', 'invitation.created')).toEqual([]);
    }
  });

  test('a key that is revoked makes no other one, and invites nobody', async () => {
    const { id, owner, account, waysIn } = await agencyWithOwner();
    const leaked = await openKnownKey(database, id);
    const finish = await waysIn({ key: leaked.key });
    expect(await owner.delete(`${account}/api-keys/${leaked.id}`)).toMatchObject({ status: 204 });
    for (const send of finish) expect(await send()).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await events(database, id, 'api_key.created', 'invitation.created')).toEqual([]);
  });

  test('whoever stays what they are is answered as ever', async () => {
    const { id, owner, waysIn } = await agencyWithOwner();
    for (const send of await waysIn({ headers: owner.headers })) expect(await send()).toMatchObject({ status: 201 });
    expect(await events(database, id, 'api_key.created', 'invitation.created')).toHaveLength(2);
  });
});
