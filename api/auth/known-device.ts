import { createHash } from 'node:crypto';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { AppContext } from '../environment.ts';
import { isLocal } from './own-origin.ts';

const maxAgeSeconds = 365 * 86_400;

/** Has somebody signed in with this address and its password in this browser before? What others guess from elsewhere does not keep them out. */
export async function isKnownDevice(c: AppContext, email: string): Promise<boolean> {
  const { name, secret } = cookieOf(c);
  return (await getSignedCookie(c, secret, name)) === markOf(email);
}

export async function rememberDevice(c: AppContext, email: string): Promise<void> {
  const { name, secret, secure } = cookieOf(c);
  await setSignedCookie(c, name, markOf(email), secret, { httpOnly: true, sameSite: 'Lax', secure, path: '/api/auth', maxAge: maxAgeSeconds });
}

function cookieOf(c: AppContext) {
  const { secrets, publicUrl } = c.var.deps;
  const secure = !isLocal(publicUrl);
  return { name: `${secure ? '__Secure-' : ''}foyer.device`, secret: secrets.keyFor('known devices').toString('base64url'), secure };
}

function markOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url');
}
