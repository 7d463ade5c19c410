import { createHash, randomBytes } from 'node:crypto';

/** A new token for the link in an invitation, 256 random bits, and what is kept of it. */
export function createInvitationToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashInvitationToken(token) };
}

export function hashInvitationToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
