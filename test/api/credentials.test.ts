import { randomUUID } from 'node:crypto';
import { verifyPassword } from 'better-auth/crypto';
import { describe, expect, test } from 'vitest';
import { answers, refusal, withoutRequestId } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { mailedToken, mailsTo } from '../harness/mailbox.ts';
import { newVisitor, signUp, signUpAndIn } from '../harness/visitor.ts';

const api = await testApi({ worker: false });

const unknown = () => `nobody-${randomUUID()}@people.example`;

describe('the link in the mail that confirms an address', () => {
  test('is worth nothing once a letter of it is another, and a second time signs nobody in', async () => {
    const { email } = await signUp(api);
    const token = await mailedToken(api, email, 'verify_email');
    const follow = (value: string) => newVisitor(api).get(`/api/auth/verify-email?token=${encodeURIComponent(value)}`);
    for (const changed of [`${token.slice(0, -2)}xx`, token.slice(1), 'x', `${token}.x`]) {
      expect(await follow(changed), changed).toMatchObject({ ...refusal('UNAUTHENTICATED'), body: { reason: 'INVALID_TOKEN' } });
    }
    expect(await follow(token)).toMatchObject({ status: 200 });
    const late = newVisitor(api);
    await late.get(`/api/auth/verify-email?token=${token}`);
    expect(late.cookies.size).toBe(0);
  });

  test('is sent again to whoever asks, if the address waits to be confirmed', async () => {
    const { visitor, email } = await signUp(api);
    const confirmed = (await signUpAndIn(api)).email;
    const asked = await Promise.all([email, confirmed, unknown()].map((address) => visitor.post('/api/auth/send-verification-email', { email: address })));
    expect(asked.map(({ status, text }) => [status, text])).toEqual(asked.map(() => [200, '{"done":true}']));
    const kinds = async (address: string) => (await mailsTo(api, address)).map(({ kind }) => kind);
    expect(await kinds(email)).toEqual(['verify_email', 'verify_email']);
    expect(await kinds(confirmed)).toEqual(['verify_email']);
  });
});

describe('whoever tries addresses', () => {
  test('cannot tell known from unknown ones by signing in, byte for byte', async () => {
    const { email } = await signUpAndIn(api);
    const attempts = [email, email.toUpperCase(), unknown()].map((address) =>
      newVisitor(api).post('/api/auth/sign-in/email', { email: address, password: 'a wrong password' }),
    );
    const refused = await Promise.all(attempts);
    for (const answer of refused) expect(answer).toMatchObject({ ...refusal('UNAUTHENTICATED'), body: { reason: 'INVALID_EMAIL_OR_PASSWORD' } });
    expect(new Set(refused.map(withoutRequestId)).size).toBe(1);
  });

  test('cannot tell them by signing up, nor by asking for a new password; the address itself is told by mail', async () => {
    const { email, password } = await signUpAndIn(api);
    const visitor = newVisitor(api);
    const signedUp = [email, unknown()].map((address) =>
      visitor.post('/api/auth/sign-up/email', { name: 'Eve', email: address, password: 'chosen by somebody' }),
    );
    const asked = [email, unknown()].map((address) => visitor.post('/api/auth/request-password-reset', { email: address }));
    for (const answer of await Promise.all([...signedUp, ...asked])) expect([answer.status, answer.text]).toEqual([200, '{"done":true}']);
    expect((await mailsTo(api, email)).map(({ kind }) => kind).toSorted()).toEqual(['address_in_use', 'reset_password', 'verify_email']);
    expect(await newVisitor(api).post('/api/auth/sign-in/email', { email, password })).toMatchObject({ status: 200 });
  });
});

describe('a new password', () => {
  test('is chosen by the link in the mail, once, and ends every session', async () => {
    const { visitor, email, password } = await signUpAndIn(api);
    await newVisitor(api).post('/api/auth/request-password-reset', { email });
    const token = await mailedToken(api, email, 'reset_password');
    const choose = (newPassword: string) => newVisitor(api).post('/api/auth/reset-password', { token, newPassword });
    expect(await choose('short')).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(await choose('a new one, quite long')).toMatchObject({ status: 200 });
    expect(await choose('another one, quite long')).toMatchObject({ ...refusal('UNAUTHENTICATED'), body: { reason: 'INVALID_TOKEN' } });

    expect(await visitor.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
    const signIn = (value: string) => newVisitor(api).post('/api/auth/sign-in/email', { email, password: value });
    expect(await signIn(password)).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await signIn('a new one, quite long')).toMatchObject({ status: 200 });
  });

  test('is kept neither in clear nor in the database’s copy of the link', async () => {
    const { email, password } = await signUpAndIn(api);
    await newVisitor(api).post('/api/auth/request-password-reset', { email });
    const token = await mailedToken(api, email, 'reset_password');
    const { admin } = api.database;
    const rows = JSON.stringify([
      await admin.selectFrom('auth.credentials').selectAll().execute(),
      await admin.selectFrom('auth.verifications').selectAll().execute(),
      await admin.selectFrom('mails').selectAll().execute(),
    ]);
    expect(rows).not.toContain(password);
    expect(rows).not.toContain(token);
  });

  test('is kept, where an API is deployed, as a hash that is slow to guess from', async () => {
    const deployed = await anotherApi(api, { slowPasswords: true });
    const { email, password } = await signUpAndIn(deployed);
    const { password: hash } = await api.database.admin
      .selectFrom('auth.credentials')
      .innerJoin('auth.people', 'auth.people.id', 'auth.credentials.person_id')
      .where('email', '=', email)
      .select('auth.credentials.password')
      .executeTakeFirstOrThrow();
    expect(await verifyPassword({ hash: hash ?? '', password })).toBe(true);
    const signIn = (value: string) => newVisitor(deployed).post('/api/auth/sign-in/email', { email, password: value });
    expect(await signIn('a wrong password')).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await signIn(password)).toMatchObject({ status: 200 });
  });

  test('takes the old one from whoever is signed in, and ends the other sessions', async () => {
    const { visitor, email, password } = await signUpAndIn(api);
    const other = newVisitor(api);
    await other.post('/api/auth/sign-in/email', { email, password });
    const change = (currentPassword: string) => visitor.post('/api/auth/change-password', { currentPassword, newPassword: 'a new one, quite long' });
    expect(await change('a wrong password')).toMatchObject({ body: { reason: 'INVALID_PASSWORD' } });
    expect(await other.get('/v1/me')).toMatchObject({ status: 200 });
    expect(await change(password)).toMatchObject({ status: 200 });
    expect(await other.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
    expect(await visitor.get('/v1/me')).toMatchObject({ status: 200 });
  });
});

describe('what is no request of these endpoints', () => {
  const good = () => ({ name: 'Robin', email: unknown(), password: 'quite long enough' });

  test.each([
    ['/name', { name: '' }],
    ['/name', { name: 'a\u0000b' }],
    ['/name', { name: 'two\nlines' }],
    ['/name', { name: 'x'.repeat(101) }],
    ['/name', { name: 7 }],
    ['/email', { email: 'no address' }],
    ['/email', { email: 'a\u0000@people.example' }],
    ['/email', { email: `${'x'.repeat(260)}@people.example` }],
    ['/email', { email: null }],
    ['/password', { password: 'short' }],
    ['/password', { password: 'x'.repeat(129) }],
    ['/password', { password: ['quite long enough'] }],
  ])('is refused with a pointer at %s: %o', async (pointer, change) => {
    const answer = await newVisitor(api).post('/api/auth/sign-up/email', { ...good(), ...change });
    expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(new Set(answer.as(answers.problem).errors?.map((error) => error.pointer))).toEqual(new Set([pointer]));
  });

  test.each(['a\u0000', '', 'two words', '\ud800', 'x'.repeat(2_001)])('is refused where its token is none: %j', async (token) => {
    const { visitor } = await signUpAndIn(api);
    const sent = [
      await visitor.post('/api/auth/reset-password', { token, newPassword: 'quite long enough' }),
      await visitor.post('/api/auth/revoke-session', { token }),
      await visitor.get(`/api/auth/verify-email?token=${encodeURIComponent(token.toWellFormed())}`),
    ];
    for (const answer of sent) expect(answer).toMatchObject(refusal('VALIDATION_FAILED'));
  });

  test('is refused where it is no JSON, another type, or too large', async () => {
    const send = (bytes: string, type: string) =>
      newVisitor(api).send({ method: 'POST', path: '/api/auth/sign-in/email', bytes: new TextEncoder().encode(bytes), headers: { 'content-type': type } });
    for (const bytes of ['', '{', '[]', 'null', '"x"', '{"__proto__":{}}'])
      expect(await send(bytes, 'application/json'), bytes).toMatchObject(refusal('VALIDATION_FAILED'));
    const form = new URLSearchParams(good()).toString();
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      expect(await send(form, type), type).toMatchObject(refusal('VALIDATION_FAILED'));
    }
    expect(await send(JSON.stringify({ ...good(), more: 'x'.repeat(20_000) }), 'application/json')).toMatchObject(refusal('VALIDATION_FAILED'));
  });

  test('is not there: what better-auth could do besides, other methods, other paths', async () => {
    const { visitor } = await signUpAndIn(api);
    const nowhere = [
      ['GET', '/sign-in/email'],
      ['POST', '/get-session'],
      ['POST', '/sign-up/email/'],
      ['POST', '//sign-in/email'],
      ['POST', '/delete-user'],
      ['POST', '/change-email'],
      ['POST', '/set-password'],
      ['POST', '/link-social'],
      ['POST', '/unlink-account'],
      ['POST', '/get-access-token'],
      ['GET', '/list-accounts'],
      ['GET', '/account-info'],
      ['GET', '/error'],
      ['GET', '/ok'],
      ['GET', '/callback/google'],
      ['GET', '/__proto__'],
      ['GET', '/constructor'],
      ['GET', ''],
    ] as const;
    for (const [method, path] of nowhere) {
      const answer = await visitor.send({ method, path: `/api/auth${path}`, ...(method === 'POST' && { body: good() }) });
      expect(answer, path).toMatchObject(refusal('NOT_FOUND'));
    }
  });

  test('leads nobody to another site', async () => {
    const { visitor, email } = await signUp(api);
    const token = await mailedToken(api, email, 'verify_email');
    for (const query of ['callbackURL=https://evil.example', 'callbackURL=//evil.example']) {
      const answer = await visitor.get(`/api/auth/verify-email?token=${token}&${query}`);
      expect(answer.headers.get('location'), query).toBe(null);
    }
    await visitor.post('/api/auth/request-password-reset', { email, redirectTo: 'https://evil.example' });
    for (const { text, html } of await mailsTo(api, email)) expect(text + html).not.toContain('evil.example');
  });
});

test('neither passwords, tokens nor addresses are logged', async () => {
  const { visitor, email, password } = await signUpAndIn(api);
  await newVisitor(api).post('/api/auth/sign-in/email', { email, password: 'a wrong password' });
  await visitor.post('/api/auth/request-password-reset', { email });
  const token = await mailedToken(api, email, 'reset_password');
  await visitor.post('/api/auth/reset-password', { token, newPassword: 'a new one, quite long' });
  const lines = JSON.stringify(api.logged);
  expect(lines).toContain('/api/auth/reset-password');
  const secrets = [email, password, 'a wrong password', token, 'a new one, quite long', ...[...visitor.cookies.values()].map((value) => value.slice(0, 20))];
  for (const secret of secrets) expect(lines).not.toContain(secret);
});
