import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type AttemptLimit, countAttempt, forgetAttempts } from '../../db/limit-attempts.ts';
import type { AppContext } from '../environment.ts';
import { refused } from '../refused.ts';

/** How often one credential path may be tried. */
export interface AttemptLimits {
  /** From one address; an IPv6 network of /64 counts as one. */
  perAddress: AttemptLimit;
  /** For one e-mail address, from wherever: guessing by many is limited as well. */
  perEmail?: AttemptLimit;
  /** Whether those for the e-mail address are forgotten once one succeeds. */
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

/** Counts this attempt. Refuses with `RATE_LIMITED`, and says when it is worth coming again. */
export async function limitAttempt(c: AppContext, path: string, { perAddress, perEmail }: AttemptLimits, email: string | undefined): Promise<void> {
  const { db } = c.var.deps;
  const waits = await Promise.all([
    countAttempt(db, `${path} from ${networkOf(c.var.clientAddress)}`, perAddress),
    perEmail && email !== undefined ? countAttempt(db, keyFor(path, email), perEmail) : 0,
  ]);
  const seconds = Math.max(...waits);
  if (seconds > 0) throw refused('RATE_LIMITED', { retryAfterSeconds: seconds });
}

/** For an attempt that succeeded. */
export async function forgiveAttempts(c: AppContext, path: string, { forgiving = false }: AttemptLimits, email: string | undefined): Promise<void> {
  if (forgiving && email !== undefined) await forgetAttempts(c.var.deps.db, keyFor(path, email));
}

function keyFor(path: string, email: string): string {
  return `${path} for ${email}`;
}

/** Whoever has an IPv6 address has 2^64 of them. */
function networkOf(address: string | undefined): string {
  if (address === undefined || !isIPv6(address)) return address ?? 'nowhere';
  return ipaddr.IPv6.parse(address).parts.slice(0, 4).join(':');
}
