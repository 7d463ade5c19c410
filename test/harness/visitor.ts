import { randomUUID } from 'node:crypto';
import { type Answer, type ApiRequest, initOf, read, type TestApi } from './api.ts';
import { mailedToken } from './mailbox.ts';
import { publicUrl } from './public-url.ts';

/** Somebody with a browser: sends the cookies they were given, from a page of ours. */
export interface Visitor {
  /** As the browser keeps them, by name. */
  cookies: Map<string, string>;
  /** The header that says all of them. */
  cookieHeader(): string;
  send(request: ApiRequest): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
}

/** @param address where the visitor comes from; each from another one if nothing is said */
export function newVisitor({ app }: Pick<TestApi, 'app'>, address = newAddress()): Visitor {
  const cookies = new Map<string, string>();
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const send: Visitor['send'] = async (request) => {
    const headers = { origin: publicUrl, ...(cookies.size > 0 && { cookie: cookieHeader() }), ...request.headers };
    const response = await app.request(request.path, initOf({ ...request, headers }), { incoming: { socket: { remoteAddress: address } } });
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
    return read(response);
  };
  return {
    cookies,
    cookieHeader,
    send,
    get: (path) => send({ method: 'GET', path }),
    post: (path, body, headers = {}) => send({ method: 'POST', path, headers, ...(body !== undefined && { body }) }),
    put: (path, body) => send({ method: 'PUT', path, body }),
  };
}

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
  if (name === undefined || value === undefined) throw new Error(`not a cookie: ${setCookie}`);
  if (/;\s*max-age=0\b/i.test(setCookie)) cookies.delete(name);
  else cookies.set(name, value);
}

function newAddress(): string {
  const [a, b, c] = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
  return `10.${a}.${b}.${c}`;
}

export interface SignedUp {
  visitor: Visitor;
  name: string;
  email: string;
  password: string;
}

/** Somebody new, who signed up and did not confirm the address yet. */
export async function signUp(api: TestApi): Promise<SignedUp> {
  const visitor = newVisitor(api);
  const person = { name: 'Robin Example', email: `robin-${randomUUID()}@people.example`, password: `correct horse ${randomUUID()}` };
  const answer = await visitor.post('/api/auth/sign-up/email', person);
  if (answer.status !== 200) throw new Error(`sign-up answered ${answer.status} ${answer.text}`);
  return { visitor, ...person };
}

/** Somebody new who is signed in, by the link in the mail. */
export async function signUpAndIn(api: TestApi): Promise<SignedUp> {
  const person = await signUp(api);
  const token = await mailedToken(api, person.email, 'verify_email');
  const answer = await person.visitor.get(`/api/auth/verify-email?token=${encodeURIComponent(token)}`);
  if (answer.status !== 200) throw new Error(`the link answered ${answer.status} ${answer.text}`);
  return person;
}
