import { timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { AppEnv, Deps } from '../environment.ts';
import { refused } from '../refused.ts';
import { hashKey } from './api-key.ts';
import type { Caller } from './caller.ts';

/** Lets only known callers on. Refuses with `UNAUTHENTICATED`: the same answer for no key, a wrong, an expired and a revoked one. */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  const [, token] = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(c.req.header('authorization') ?? '') ?? [];
  const caller = token ? await identify(c.var.deps, token) : undefined;
  if (!caller) throw refused('UNAUTHENTICATED');
  c.set('caller', caller);
  c.var.canonical.caller = caller.kind === 'apiKey' ? `apiKey:${caller.keyId}` : caller.kind;
  await next();
});

async function identify({ keys, operatorKeyHash }: Deps, token: string): Promise<Caller | undefined> {
  const presentedKeyHash = hashKey(token);
  if (timingSafeEqual(presentedKeyHash, operatorKeyHash)) return { kind: 'operator' };
  return keys.find(presentedKeyHash);
}
