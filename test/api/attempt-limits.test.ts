import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { attemptLimits } from '../../api/auth/attempt-limits.ts';
import { parseTrustedProxies } from '../../api/client-address.ts';
import { refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { newVisitor, signUpAndIn, type Visitor } from '../harness/visitor.ts';

const api = await testApi({ worker: false });

const { perAddress } = attemptLimits.token;
const newEmail = () => `somebody-${randomUUID()}@people.example`;

/** A guess that costs nothing to refuse. */
const guessToken = (visitor: Visitor, headers: Record<string, string> = {}) =>
  visitor.send({ method: 'GET', path: '/api/auth/verify-email?token=guessed', headers });

async function guess(times: number, attempt: () => Promise<{ status: number }>): Promise<number[]> {
  const statuses = [];
  for (let count = 0; count < times; count++) statuses.push((await attempt()).status);
  return statuses;
}

describe('from one address', () => {
  test('so many attempts are let through, by all processes together, and then it is said when to come again', async () => {
    const address = '198.51.100.7';
    const visitors = [newVisitor(api, address), newVisitor(await anotherApi(api), address)];
    const attempts = Array.from({ length: perAddress.max }, (_, count) => guessToken(visitors[count % 2] ?? newVisitor(api, address)));
    expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual(attempts.map(() => 401));
    for (const visitor of visitors) {
      const answer = await guessToken(visitor);
      expect(answer).toMatchObject(refusal('RATE_LIMITED'));
      const seconds = Number(answer.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(perAddress.windowSeconds - 60);
      expect(seconds).toBeLessThanOrEqual(perAddress.windowSeconds);
    }
    expect((await guessToken(newVisitor(api, '198.51.100.8'))).status).toBe(401);
  });

  test('attempts are let through again when the time is over', async () => {
    const visitor = newVisitor(api, '198.51.100.9');
    await guess(perAddress.max + 1, () => guessToken(visitor));
    await api.database.admin.updateTable('auth.attempts').set({ window_ends_at: new Date() }).execute();
    expect((await guessToken(visitor)).status).toBe(401);
  });

  test('what a caller writes into X-Forwarded-For makes it no other', async () => {
    const visitor = newVisitor(api, '198.51.100.10');
    let count = 0;
    const statuses = await guess(perAddress.max + 1, () =>
      guessToken(visitor, { 'x-forwarded-for': `203.0.113.${count++}`, 'x-foyer-client-address': `203.0.113.${count}` }),
    );
    expect(statuses.at(-1)).toBe(429);
  });

  test('an IPv6 network counts as one', async () => {
    let count = 0;
    const statuses = await guess(perAddress.max + 1, () => guessToken(newVisitor(api, `2001:db8:1:2::${(count++).toString(16)}`)));
    expect(statuses.at(-1)).toBe(429);
    expect((await guessToken(newVisitor(api, '2001:db8:1:3::1'))).status).toBe(401);
  });
});

describe('behind a proxy that is trusted', () => {
  test('each caller counts by the address that the proxy saw, whatever stands before it', async () => {
    const behind = await anotherApi(api, { trustedProxies: parseTrustedProxies(['10.1.0.0/16', '::1']) });
    const proxy = newVisitor(behind, '10.1.2.3');
    const from = (address: string) => guessToken(proxy, { 'x-forwarded-for': `203.0.113.99, ${address}, 10.1.9.9` });
    expect((await guess(perAddress.max + 1, () => from('192.0.2.1'))).at(-1)).toBe(429);
    expect((await from('192.0.2.2')).status).toBe(401);
  });
});

describe('for one e-mail address', () => {
  test('guesses at its password from everywhere are limited, and others are not', async () => {
    const email = newEmail();
    const { max } = attemptLimits.password.perEmail;
    const signIn = (address: string) => newVisitor(api).post('/api/auth/sign-in/email', { email: address, password: 'guessed' });
    expect(await guess(max + 1, () => signIn(email))).toEqual([...Array.from({ length: max }, () => 401), 429]);
    expect((await signIn(email.toUpperCase())).status).toBe(429);
    expect((await signIn(newEmail())).status).toBe(401);
  });

  test('signing in is not guessing, however often: an attempt that succeeds is not counted, nor are those before it', async () => {
    const { email, password } = await signUpAndIn(api);
    const { max } = attemptLimits.password.perEmail;
    const signIn = (given: string) => newVisitor(api).post('/api/auth/sign-in/email', { email, password: given });
    expect(await guess(max - 1, () => signIn('mistyped'))).toEqual(Array.from({ length: max - 1 }, () => 401));
    expect(await guess(3, () => signIn(password))).toEqual([200, 200, 200]);
  });

  test('guesses from elsewhere keep nobody out where they have signed in before, who may not guess without end either', async () => {
    const { email, password } = await signUpAndIn(api);
    const { max } = attemptLimits.password.perEmail;
    const [owner, other] = [newVisitor(api), newVisitor(api)];
    const signIn = (visitor: Visitor, given: string) => visitor.post('/api/auth/sign-in/email', { email, password: given });
    const { email: othersEmail, password: othersPassword } = await signUpAndIn(api);
    await other.post('/api/auth/sign-in/email', { email: othersEmail, password: othersPassword });
    expect((await signIn(owner, password)).status).toBe(200);

    expect((await guess(max + 1, () => signIn(other, 'guessed'))).at(-1)).toBe(429);
    expect((await signIn(newVisitor(api), password)).status).toBe(429);
    expect((await signIn(owner, password)).status).toBe(200);
    expect((await guess(max + 1, () => signIn(owner, 'guessed'))).at(-1)).toBe(429);
  });

  test('what comes from an address that has had enough counts for no e-mail address', async () => {
    const [email, address] = [newEmail(), '198.51.100.11'];
    const { perAddress, perEmail } = attemptLimits.password;
    const signIn = (from: string, given: string) => newVisitor(api, from).post('/api/auth/sign-in/email', { email: given, password: 'guessed' });
    await signIn(address, newEmail());
    await api.database.admin.updateTable('auth.attempts').set({ count: perAddress.max }).execute();
    expect(await guess(perEmail.max, () => signIn(address, email))).toEqual(Array.from({ length: perEmail.max }, () => 429));
    expect((await signIn('198.51.100.12', email)).status).toBe(401);
  });

  test('mail is limited, the same for known and unknown ones', async () => {
    const email = newEmail();
    const { max } = attemptLimits.mail.perEmail;
    const statuses = await guess(max + 1, () => newVisitor(api).post('/api/auth/request-password-reset', { email }));
    expect(statuses).toEqual([...Array.from({ length: max }, () => 200), 429]);
  });
});

test('addresses are not kept in clear, and what is over is cleared away', async () => {
  const { admin } = api.database;
  const email = newEmail();
  await newVisitor(api).post('/api/auth/request-password-reset', { email });
  expect(JSON.stringify(await admin.selectFrom('auth.attempts').selectAll().execute())).not.toContain('people.example');
  await admin
    .updateTable('auth.attempts')
    .set({ window_ends_at: new Date(Date.now() - 1_000) })
    .execute();
  for (let count = 0; count < 30; count++) await guessToken(newVisitor(api));
  const { left } = await admin
    .selectFrom('auth.attempts')
    .where('window_ends_at', '<', new Date())
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .executeTakeFirstOrThrow();
  expect(left).toBe(0);
});
