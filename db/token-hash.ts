import { createHash } from 'node:crypto';

/** What a link's token is looked up by. It has 256 random bits, so a plain SHA-256 cannot be guessed back. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
