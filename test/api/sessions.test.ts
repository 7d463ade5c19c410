import { describe, expect, test } from 'vitest';
import { refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { mailedToken } from '../harness/mailbox.ts';
import { newVisitor, signUp, signUpAndIn } from '../harness/visitor.ts';

const api = await testApi({ worker: false });

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

describe('a session', () => {
  test('ends when the person signs out', async () => {
    const { visitor } = await signUpAndIn(api);
    const stolen = visitor.cookieHeader();
    expect(await visitor.post('/api/auth/sign-out')).toMatchObject({ status: 200 });
    expect(visitor.cookies.size).toBe(0);
    expect(await newVisitor(api).send({ method: 'GET', path: '/v1/me', headers: { cookie: stolen } })).toMatchObject(refusal('UNAUTHENTICATED'));
  });
});
