import { timingSafeEqual } from 'node:crypto';
import { getSignedCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { readSession } from '../../db/read/session.ts';
import type { AppContext, AppEnv, Deps } from '../environment.ts';
import { isRead } from '../is-read.ts';
import { refused } from '../refused.ts';
import { admit } from '../request-limits.ts';
import { hashKey } from './api-key.ts';
import { type Caller, logNameOf } from './caller.ts';
import { isFromOwnPage } from './own-origin.ts';

/**
 * Lets only known callers on. Refuses with `UNAUTHENTICATED`: the same answer for no credential, a wrong, an expired and a revoked one. Whoever sends
 * an `Authorization` is known by it alone; a session's cookie counts for nothing in a request that another site's page made. What they are and may do
 * is what it is once the whole request has come.
 */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  const caller = await callerOf(c);
  if (!caller) throw refused('UNAUTHENTICATED');
  c.set('caller', caller);
  const name = logNameOf(caller);
  c.get('canonical').caller = name;
  admit(c, 'caller', name);
  if (await awaitBody(c)) await lookAgain(c);
  await next();
});

/**
 * Waits for what of the body is still under way, and tells whether it did. A body can be minutes on its way, and whoever is removed, or whose key is
 * revoked, would have that long to finish what they began. One that came without a length has been read before.
 */
async function awaitBody(c: AppContext): Promise<boolean> {
  if (isRead(c.req.method) || !Number(c.req.header('content-length'))) return false;
  // One that breaks off is refused by whoever reads it.
  await c.req.arrayBuffer().catch(() => undefined);
  return true;
}

/** The caller as they are now that all of the request is there. */
async function lookAgain(c: AppContext): Promise<void> {
  const caller = await callerOf(c);
  if (!caller) throw refused('UNAUTHENTICATED');
  c.set('caller', caller);
}

/** Who sends the request, as it is now: what outlives a request asks again. */
export async function callerOf(c: AppContext): Promise<Caller | undefined> {
  const authorization = c.req.header('authorization');
  return authorization === undefined ? callerOfSession(c) : callerOfKey(c.get('deps'), authorization);
}

async function callerOfKey({ keys, keyUse, operatorKeyHash }: Deps, authorization: string): Promise<Caller | undefined> {
  const [, token] = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization) ?? [];
  if (!token) return undefined;
  const presentedKeyHash = hashKey(token);
  if (timingSafeEqual(presentedKeyHash, operatorKeyHash)) return { kind: 'operator' };
  const key = await keys.find(presentedKeyHash);
  if (key) keyUse.note(key);
  return key;
}

async function callerOfSession(c: AppContext): Promise<Caller | undefined> {
  const { db, identity, publicUrl } = c.var.deps;
  const { name, secret } = identity.sessionCookie;
  const token = await getSignedCookie(c, secret, name);
  if (!token || !isFromOwnPage(c.req.raw, publicUrl)) return undefined;
  return readSession(db, token);
}
