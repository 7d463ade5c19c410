import { randomBytes, randomUUID } from 'node:crypto';
import { serializeSigned } from 'hono/utils/cookie';
import type { AccountId, PersonId } from '../../domain/ids.ts';
import type { Answer, ApiRequest, TestApi } from './api.ts';
import { newPersonId } from './ids.ts';
import { type MemberTerms, openMember } from './member.ts';

/** Somebody with a verified address who is signed in. */
export interface TestPerson {
  id: PersonId;
  name: string;
  email: string;
  /** What their browser sends with each request from a page of ours. */
  headers: Record<string, string>;
  send(request: ApiRequest): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export interface PersonTerms {
  name: string;
  email: string;
  emailVerified: boolean;
}

const dayMs = 86_400_000;

/** A person who is signed in, written without going through sign-up: no password has to be hashed. */
export async function newPerson(api: TestApi, terms: Partial<PersonTerms> = {}): Promise<TestPerson> {
  const { name = 'Robin Example', email = `robin-${randomUUID()}@people.example`, emailVerified = true } = terms;
  const id = newPersonId();
  await api.database.api
    .insertInto('auth.people')
    .values({ id, name, email: email.toLowerCase(), email_verified: emailVerified, image: null, current_account_id: null })
    .execute();
  return signInAgain(api, { id, name, email });
}

/** The person in a session of its own beside those that they have. */
export async function signInAgain(api: TestApi, { id, name, email }: Pick<TestPerson, 'id' | 'name' | 'email'>): Promise<TestPerson> {
  const token = randomBytes(24).toString('base64url');
  await api.database.api
    .insertInto('auth.sessions')
    .values({ person_id: id, token, expires_at: new Date(Date.now() + dayMs), ip_address: null, user_agent: null })
    .execute();
  const { name: cookieName, secret } = api.sessionCookie;
  const [cookie = ''] = (await serializeSigned(cookieName, token, secret, { secure: true })).split(';');
  const headers = { origin: api.publicUrl, cookie };
  const send = (request: ApiRequest) => api.send({ ...request, headers: { ...headers, ...request.headers } });
  const sendBody = (method: string) => (path: string, body?: unknown) => send({ method, path, ...(body !== undefined && { body }) });
  return {
    id,
    name,
    email,
    headers,
    send,
    get: sendBody('GET'),
    post: sendBody('POST'),
    put: sendBody('PUT'),
    patch: sendBody('PATCH'),
    delete: sendBody('DELETE'),
  };
}

/** A new person who is a member of the account. */
export async function openPerson(api: TestApi, accountId: AccountId, { role, clientIds, ...terms }: MemberTerms & Partial<PersonTerms>): Promise<TestPerson> {
  const person = await newPerson(api, terms);
  await openMember(api.database, accountId, { role, ...(clientIds && { clientIds }), personId: person.id });
  return person;
}
