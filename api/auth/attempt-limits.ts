import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type AttemptLimit, countAttempt, forgetAttempts } from '../../db/limit-attempts.ts';
import type { AppContext } from '../environment.ts';
import { refused } from '../refused.ts';
import { isKnownDevice, rememberDevice } from './known-device.ts';

/** How often one credential path may be tried. */
export interface AttemptLimits {
  /** From one address; an IPv6 network of /64 counts as one. */
  perAddress: AttemptLimit;
  /** For one e-mail address, from wherever: guessing by many is limited as well. */
  perEmail?: AttemptLimit;
  /** For passwords: one that succeeds lets those before it be forgotten, and makes the device a known one. */
  forgiving?: boolean;
}

const minute = 60;
const hour = 3_600;

/** Where a password or a token is tried, where mail is sent to somebody, and everything else that belongs to a session. */
export const attemptLimits = {
  password: { perAddress: { max: 60, windowSeconds: 5 * minute }, perEmail: { max: 10, windowSeconds: 15 * minute }, forgiving: true },
  token: { perAddress: { max: 20, windowSeconds: 5 * minute } },
  mail: { perAddress: { max: 10, windowSeconds: 10 * minute }, perEmail: { max: 3, windowSeconds: hour / 4 } },
  session: { perAddress: { max: 300, windowSeconds: minute } },
} as const satisfies Record<string, AttemptLimits>;

/**
 * Counts this attempt. Refuses with `RATE_LIMITED`, and says when it is worth coming again. What comes from an address that has had enough counts for no
 * e-mail address; attempts from a device that its owner has signed in on count apart, so that nobody is kept out by what others guess.
 */
export async function limitAttempt(c: AppContext, path: string, limits: AttemptLimits, email: string | undefined): Promise<void> {
  const { db } = c.var.deps;
  const { perAddress, perEmail } = limits;
  const wait = await countAttempt(db, `${path} from ${networkOf(c.var.clientAddress)}`, perAddress);
  if (wait > 0) throw refused('RATE_LIMITED', { retryAfterSeconds: wait });
  if (!perEmail || email === undefined) return;
  const waitForEmail = await countAttempt(db, await keyFor(c, path, limits, email), perEmail);
  if (waitForEmail > 0) throw refused('RATE_LIMITED', { retryAfterSeconds: waitForEmail });
}

/** For an attempt that succeeded. */
export async function forgiveAttempts(c: AppContext, path: string, limits: AttemptLimits, email: string | undefined): Promise<void> {
  if (!limits.forgiving || email === undefined) return;
  await forgetAttempts(c.var.deps.db, await keyFor(c, path, limits, email));
  await rememberDevice(c, email);
}

async function keyFor(c: AppContext, path: string, { forgiving = false }: AttemptLimits, email: string): Promise<string> {
  return forgiving && (await isKnownDevice(c, email)) ? `${path} for ${email} where it is known` : `${path} for ${email}`;
}

/** Whoever has an IPv6 address has 2^64 of them. */
function networkOf(address: string | undefined): string {
  if (address === undefined || !isIPv6(address)) return address ?? 'nowhere';
  return ipaddr.IPv6.parse(address).parts.slice(0, 4).join(':');
}
