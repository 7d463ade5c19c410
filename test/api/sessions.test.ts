import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusal, withoutRequestId } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { mailedToken } from '../harness/mailbox.ts';
import { openPerson } from '../harness/person.ts';
import { publicUrl } from '../harness/public-url.ts';
import { newTenant } from '../harness/tenant.ts';
import { tenantRows } from '../harness/tenant-rows.ts';
import { newVisitor, type SignedUp, signUp, signUpAndIn } from '../harness/visitor.ts';

const api = await testApi({ worker: false });
const { database } = api;

const sessions = z.array(z.looseObject({ id: z.uuid(), token: z.string() }));

/** The same person in another browser. */
async function another({ email, password }: SignedUp, on = api) {
  const visitor = newVisitor(on);
  expect(await visitor.post('/api/auth/sign-in/email', { email, password })).toMatchObject({ status: 200, body: { done: true } });
  return visitor;
}

describe('signing up', () => {
  test('opens nothing until the link in the mail is followed, and then signs in', async () => {
    const { visitor, email, password } = await signUp(api);
    expect(visitor.cookies.size).toBe(0);
    expect(await visitor.post('/api/auth/sign-in/email', { email, password })).toMatchObject({ status: 401, body: { reason: 'EMAIL_NOT_VERIFIED' } });
    expect(await visitor.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));

    const token = await mailedToken(api, email, 'verify_email');
    expect(await visitor.get(`/api/auth/verify-email?token=${token}`)).toMatchObject({ status: 200 });
    expect(await visitor.get('/v1/me')).toMatchObject({ status: 200, body: { kind: 'person', email, accounts: [], currentAccountId: null } });
  });
});

describe('the cookie of a session, and of a device that is known,', () => {
  const cookiesOf = async (on: typeof api, origin: string) => {
    const { email, password } = await signUpAndIn(api);
    const headers = { origin, 'content-type': 'application/json' };
    const response = await on.app.request('/api/auth/sign-in/email', { method: 'POST', headers, body: JSON.stringify({ email, password }) });
    return response.headers.getSetCookie();
  };

  test('is for this site, HTTPS and the server alone, and comes once', async () => {
    const cookies = await cookiesOf(api, publicUrl);
    expect(cookies).toEqual([
      expect.stringMatching(/^__Secure-foyer\.device=[^;]+; Max-Age=31536000; Path=\/api\/auth; HttpOnly; Secure; SameSite=Lax$/),
      expect.stringMatching(/^__Secure-foyer\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  test('does without HTTPS on the machine itself', async () => {
    const local = await anotherApi(api, { publicUrl: 'http://127.0.0.1:3000' });
    for (const origin of ['http://127.0.0.1:3000', 'http://localhost:3000']) {
      expect(await cookiesOf(local, origin)).toEqual([
        expect.stringMatching(/^foyer\.device=[^;]+; Max-Age=31536000; Path=\/api\/auth; HttpOnly; SameSite=Lax$/),
        expect.stringMatching(/^foyer\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
    }
  });

  test('is worth nothing once a letter of it is another', async () => {
    const { visitor } = await signUpAndIn(api);
    const [[name, value] = ['', '']] = visitor.cookies;
    for (const changed of [
      `${value.startsWith('X') ? 'Y' : 'X'}${value.slice(1)}`,
      value.split('.')[0] ?? '',
      `${value}x`,
      value.replace(/\.[^.]*$/, '.'),
      '',
    ]) {
      const answer = await newVisitor(api).send({ method: 'GET', path: '/v1/me', headers: { cookie: `${name}=${changed}` } });
      expect(answer, changed).toMatchObject(refusal('UNAUTHENTICATED'));
    }
  });

  test('counts for nothing beside a key, right or wrong', async () => {
    const { visitor } = await signUpAndIn(api);
    const agency = await newTenant(api);
    const withKey = (key: string) => visitor.send({ method: 'GET', path: '/v1/me', headers: { authorization: `Bearer ${key}` } });
    expect((await withKey(agency.key)).body).toMatchObject({ kind: 'apiKey' });
    expect(await withKey('fyk_unknown')).toMatchObject(refusal('UNAUTHENTICATED'));
  });
});

describe('a session', () => {
  test('ends when the person signs out, everywhere the cookie was copied to', async () => {
    const { visitor } = await signUpAndIn(api);
    const copied = visitor.cookieHeader();
    expect(await visitor.post('/api/auth/sign-out')).toMatchObject({ status: 200 });
    expect(visitor.cookies.size).toBe(0);
    expect(await newVisitor(api).send({ method: 'GET', path: '/v1/me', headers: { cookie: copied } })).toMatchObject(refusal('UNAUTHENTICATED'));
  });

  test('is listed with the others, and revoked alone, at once and in every process', async () => {
    const person = await signUpAndIn(api);
    const other = await another(person, await anotherApi(api));
    const [first, second] = [person.visitor, other];
    const listed = (await first.get('/api/auth/list-sessions')).as(sessions);
    expect(listed).toHaveLength(2);
    const own = decodeURIComponent([...first.cookies.values()][0] ?? '').split('.')[0];
    const token = listed.find((session) => session.token !== own)?.token;
    expect(await first.post('/api/auth/revoke-session', { token })).toMatchObject({ status: 200 });
    expect(await second.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await first.get('/v1/me')).toMatchObject({ status: 200 });
  });

  test('of somebody else is not revoked by whoever knows its token', async () => {
    const [victim, attacker] = [await signUpAndIn(api), await signUpAndIn(api)];
    const [token] = decodeURIComponent([...victim.visitor.cookies.values()][0] ?? '').split('.');
    await attacker.visitor.post('/api/auth/revoke-session', { token });
    expect(await victim.visitor.get('/v1/me')).toMatchObject({ status: 200 });
  });

  test('stays when all others are revoked', async () => {
    const person = await signUpAndIn(api);
    const others = [await another(person), await another(person)];
    expect(await person.visitor.post('/api/auth/revoke-other-sessions')).toMatchObject({ status: 200 });
    for (const other of others) expect(await other.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await person.visitor.get('/v1/me')).toMatchObject({ status: 200 });
  });

  test('ends with its time', async () => {
    const { visitor, email } = await signUpAndIn(api);
    const ofPerson = database.admin.selectFrom('auth.people').select('id').where('email', '=', email);
    await database.admin.updateTable('auth.sessions').set({ expires_at: new Date() }).where('person_id', '=', ofPerson).execute();
    expect(await visitor.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
    expect((await visitor.get('/api/auth/get-session')).text).toBe('null');
  });
});

describe('a request that another site’s page makes', () => {
  const foreign = ['https://evil.example', 'null', `${publicUrl}.evil.example`, `http://${new URL(publicUrl).host}`, 'https://foyer.example:8443', ''];

  test.each([...foreign, undefined])('from %o changes nothing with the cookies it carries, and is answered as without them', async (origin) => {
    const agency = await newTenant(api);
    const { headers } = await openPerson(api, agency.id, { role: 'owner' });
    const before = await tenantRows(database, agency.id);
    const { origin: _, ...cookies } = headers;
    const request = { method: 'POST', path: `/v1/agencies/${agency.id}/clients`, body: { name: 'Made by another site' } };
    const answer = await api.send({ ...request, headers: { ...cookies, ...(origin !== undefined && { origin }) } });
    expect(answer).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(withoutRequestId(answer)).toBe(withoutRequestId(await api.send(request)));
    expect(await tenantRows(database, agency.id)).toEqual(before);
  });

  test.each(foreign.filter((origin) => origin !== ''))('from %o neither signs in nor out', async (origin) => {
    const person = await signUpAndIn(api);
    const out = await person.visitor.send({ method: 'POST', path: '/api/auth/sign-out', headers: { origin } });
    expect(out).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await person.visitor.get('/v1/me')).toMatchObject({ status: 200 });
    const thief = newVisitor(api);
    const { email, password } = person;
    await thief.send({ method: 'POST', path: '/api/auth/sign-in/email', headers: { origin }, body: { email, password } });
    expect(thief.cookies.size).toBe(0);
  });
});
