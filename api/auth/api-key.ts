import { hash, randomBytes } from 'node:crypto';

export interface NewApiKey {
  /** Shown once: `fyk_` and 256 random bits. */
  key: string;
  /** To recognise the key by in lists. */
  prefix: string;
  hash: Buffer;
}

/** A new key, and what is kept of it. */
export function createApiKey(): NewApiKey {
  const key = `fyk_${randomBytes(32).toString('base64url')}`;
  return { key, prefix: key.slice(0, 10), hash: hashKey(key) };
}

/** A key has 256 random bits, so a plain SHA-256 cannot be guessed back. */
export function hashKey(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
