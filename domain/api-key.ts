import { z } from 'zod';
import { keyMay, type Permission, permissions, type Scope, scopes } from './permission.ts';
import { line, timestamp } from './text.ts';

/** `replaced` still opens what it did, until the overlap of its rotation is over. */
export const keyStates = ['active', 'replaced', 'expired', 'revoked'] as const;
export type KeyState = (typeof keyStates)[number];

const hourMs = 3_600_000;

const name = line(100);
const someScopes = z.array(z.enum(scopes)).min(1).max(scopes.length);

/** Body of `POST /v1/operator/accounts/{accountId}/api-keys`. */
export const createApiKeyRequest = z.object({ name, scopes: someScopes });

/** Body of `POST /v1/accounts/{accountId}/api-keys`; a key that is given no end has none. */
export const makeApiKeyRequest = z.object({ name, scopes: someScopes, expiresAt: timestamp.optional() });

/** Body of `POST /v1/accounts/{accountId}/api-keys/{keyId}/rotate`: how long the old key stays valid beside the new one; a day is usual. */
export const rotateApiKeyRequest = z.object({ overlapHours: z.int().min(0).max(720) });

export interface KeyTerms {
  expiresAt: Date | null;
  revokedAt: Date | null;
  replacedBy: string | null;
}

export function keyState({ expiresAt, revokedAt, replacedBy }: KeyTerms, now: Date): KeyState {
  if (revokedAt) return 'revoked';
  if (expiresAt && expiresAt <= now) return 'expired';
  return replacedBy === null ? 'active' : 'replaced';
}

/** When a rotated key ends: after the overlap, or at its own end where that comes first. */
export function endOfOverlap({ expiresAt }: Pick<KeyTerms, 'expiresAt'>, overlapHours: number, now: Date): Date {
  const end = new Date(now.getTime() + overlapHours * hourMs);
  return expiresAt && expiresAt < end ? expiresAt : end;
}

/** Which of the scopes give more than their giver has: a key can never do what its maker may not. */
export function scopesBeyond(may: (permission: Permission) => boolean, granted: readonly Scope[]): Scope[] {
  const every = Object.keys(permissions) as Permission[];
  return granted.filter((scope) => every.some((permission) => keyMay([scope], permission) && !may(permission)));
}
