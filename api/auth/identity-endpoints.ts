import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  changePasswordRequest,
  emailRequest,
  resetPasswordRequest,
  revokeSessionRequest,
  signInRequest,
  signUpRequest,
  updatePersonRequest,
  verifyEmailQuery,
} from '../../domain/person.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { fieldErrors } from '../field-errors.ts';
import { refused } from '../refused.ts';
import { type AttemptLimits, attemptLimits, forgiveAttempts, limitAttempt } from './attempt-limits.ts';
import { addressHeader, oidcProviderId } from './identity.ts';
import { refusalOf } from './identity-refusals.ts';

/** An endpoint of better-auth that is open here, with all that is passed on to it. */
interface Endpoint {
  method: 'GET' | 'POST';
  limits: AttemptLimits;
  /** Its JSON body; without one no body is passed on. */
  body?: z.ZodType<Record<string, unknown>>;
  /** Its query; without one no query is passed on. */
  query?: z.ZodType<Record<string, string>>;
  /** Answers only that it was done, for what better-auth says would tell known addresses from unknown ones, or show a session's token. */
  quiet?: boolean;
}

const { password, token, mail, session } = attemptLimits;
const anyQuery = z.record(
  z.string(),
  z
    .string()
    .max(4_000)
    .regex(/^[^\0]*$/, 'must not contain NUL'),
);
const startSingleSignOn = z
  .object({ provider: z.literal(oidcProviderId) })
  .transform((request) => ({ ...request, callbackURL: '/', errorCallbackURL: '/sign-in' }));

/** Everything below `/api/auth`; what better-auth could do beside it is not there. */
const endpoints: Record<string, Endpoint> = {
  '/sign-up/email': { method: 'POST', limits: mail, body: signUpRequest, quiet: true },
  '/sign-in/email': { method: 'POST', limits: password, body: signInRequest, quiet: true },
  '/sign-in/social': { method: 'POST', limits: token, body: startSingleSignOn },
  [`/callback/${oidcProviderId}`]: { method: 'GET', limits: token, query: anyQuery },
  '/sign-out': { method: 'POST', limits: session },
  '/get-session': { method: 'GET', limits: session },
  '/list-sessions': { method: 'GET', limits: session },
  '/revoke-session': { method: 'POST', limits: session, body: revokeSessionRequest },
  '/revoke-other-sessions': { method: 'POST', limits: session },
  '/verify-email': { method: 'GET', limits: token, query: verifyEmailQuery, quiet: true },
  '/send-verification-email': { method: 'POST', limits: mail, body: emailRequest, quiet: true },
  '/request-password-reset': { method: 'POST', limits: mail, body: emailRequest, quiet: true },
  '/reset-password': { method: 'POST', limits: token, body: resetPasswordRequest, quiet: true },
  '/change-password': { method: 'POST', limits: password, body: changePasswordRequest, quiet: true },
  '/update-user': { method: 'POST', limits: session, body: updatePersonRequest, quiet: true },
};

/** `/api/auth/*`: sign-up, sign-in and sessions of people. Refuses in Foyer's own words; `reason` in a problem is better-auth's code. */
export const identityEndpoints = new Hono<AppEnv>().all('/*', async (c) => {
  const path = c.req.path.slice('/api/auth'.length);
  const endpoint = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
  if (endpoint?.method !== c.req.method) throw refused('NOT_FOUND');
  const body = endpoint.body && parse(endpoint.body, await readJson(c), '');
  const query = endpoint.query && parse(endpoint.query, c.req.query(), '/query');
  const email = typeof body?.['email'] === 'string' ? body['email'] : undefined;
  await limitAttempt(c, path, endpoint.limits, email);
  const response = await passOn(c, requestOf(c, path, body, query));
  await forgiveAttempts(c, path, endpoint.limits, email);
  const location = response.status >= 300 && response.headers.get('location');
  if (!endpoint.quiet && !location) return response;
  keepCookies(c, response);
  if (location) return c.redirect(location, 302);
  return c.json({ done: true }, 200, { 'Cache-Control': 'no-store' });
});

async function passOn(c: AppContext, request: Request): Promise<Response> {
  const response = await c.var.deps.identity.handle(request);
  if (response.status < 400) return response;
  keepCookies(c, response);
  throw await refusalOf(response);
}

/** For an answer of our own in the place of this one. */
function keepCookies(c: AppContext, { headers }: Response): void {
  for (const cookie of headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
}

/** The request as better-auth gets it: what was looked at here, its cookies and where it comes from, and nothing else. */
function requestOf(c: Context<AppEnv>, path: string, body?: Record<string, unknown>, query?: Record<string, string>): Request {
  const url = new URL(`${c.var.deps.publicUrl}/api/auth${path}`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const headers = new Headers();
  for (const name of ['cookie', 'origin', 'referer', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  if (c.var.clientAddress) headers.set(addressHeader, c.var.clientAddress);
  if (c.req.method === 'POST') headers.set('content-type', 'application/json');
  return new Request(url, { method: c.req.method, headers, ...(c.req.method === 'POST' && { body: JSON.stringify(body ?? {}) }) });
}

async function readJson(c: Context<AppEnv>): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/headers/content-type', message: 'must be application/json' }] });
  }
  try {
    return await c.req.json();
  } catch {
    throw refused('VALIDATION_FAILED', { errors: [{ pointer: '', message: 'must be one JSON value' }] });
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, prefix: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refused('VALIDATION_FAILED', { errors: fieldErrors(parsed.error, prefix) });
  return parsed.data;
}
