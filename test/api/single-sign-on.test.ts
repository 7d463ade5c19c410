import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { openIdentityProvider } from '../harness/identity-provider.ts';
import { newVisitor, signUp, signUpAndIn } from '../harness/visitor.ts';

const provider = await openIdentityProvider();
afterAll(() => provider[Symbol.asyncDispose]());
const plain = await testApi({ worker: false });
const api = await anotherApi(plain, { oidc: provider.settings });

const begun = z.object({ url: z.url() });

/** Somebody whom the provider knows. */
function somebody(claims: { email?: string; verified?: boolean } = {}) {
  const subject = randomUUID();
  const { email = `${subject}@people.example`, verified = true } = claims;
  provider.people.set(subject, { email, email_verified: verified, name: 'Robin Example' });
  return { subject, email };
}

async function signInAs(subject: string, visitor = newVisitor(api)) {
  const start = await visitor.post('/api/auth/sign-in/social', { provider: 'oidc' });
  const back = await provider.signIn(start.as(begun).url, subject);
  return { visitor, back, answer: await visitor.get(back.pathname + back.search) };
}

test('somebody new is signed in by the provider, with the address that it has verified', async () => {
  const { subject, email } = somebody();
  const { visitor, answer } = await signInAs(subject);
  expect(answer).toMatchObject({ status: 302 });
  expect(answer.headers.get('location')).toBe('/');
  expect(await visitor.get('/v1/me')).toMatchObject({ status: 200, body: { kind: 'person', name: 'Robin Example', email } });
});

test('the same subject is the same person', async () => {
  const { subject } = somebody();
  const ids = [await signInAs(subject), await signInAs(subject)].map(
    async ({ visitor }) => (await visitor.get('/v1/me')).as(z.looseObject({ id: z.uuid() })).id,
  );
  const [first, second] = await Promise.all(ids);
  expect(second).toBe(first);
});

test('who signed up by password is the same person where both sides have verified the address', async () => {
  const { email, visitor } = await signUpAndIn(api);
  const { visitor: byProvider } = await signInAs(somebody({ email }).subject);
  expect((await byProvider.get('/v1/me')).body).toEqual((await visitor.get('/v1/me')).body);
});

test.each([
  ['the provider has not verified', { verified: false, confirm: true }],
  ['nobody has confirmed here', { verified: true, confirm: false }],
])('an address that %s opens nothing that was there before', async (_, { verified, confirm }) => {
  const { email } = confirm ? await signUpAndIn(api) : await signUp(api);
  const { visitor, answer } = await signInAs(somebody({ email, verified }).subject);
  expect(answer).toMatchObject({ status: 302 });
  expect(answer.headers.get('location')).toMatch(/\/sign-in\?error=/);
  expect(await visitor.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
});

test('an answer of the provider is worth nothing in another browser, nor a second time', async () => {
  const { subject } = somebody();
  const { visitor, back } = await signInAs(subject);
  const thief = newVisitor(api);
  await thief.get(back.pathname + back.search);
  expect(await thief.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
  visitor.cookies.clear();
  await visitor.get(back.pathname + back.search);
  expect(await visitor.get('/v1/me')).toMatchObject(refusal('UNAUTHENTICATED'));
});

test('where none is set up there is no provider', async () => {
  expect(await newVisitor(plain).post('/api/auth/sign-in/social', { provider: 'oidc' })).toMatchObject(refusal('NOT_FOUND'));
});

test('an answer of the provider that nobody could look for is refused', async () => {
  for (const query of ['code=x&state=%00', 'code=%00&state=x'])
    expect(await newVisitor(api).get(`/api/auth/callback/oidc?${query}`)).toMatchObject(refusal('VALIDATION_FAILED'));
});
