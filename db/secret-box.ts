import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A key as the environment gives it: 32 bytes in base64. */
export const secretKey = z
  .base64()
  .transform((value) => Buffer.from(value, 'base64'))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64');

const ivLength = 12;
const tagLength = 16;

/** Keeps text unreadable at rest: AES-256-GCM, a fresh nonce each time, laid out as nonce, tag, ciphertext. */
export interface SecretBox {
  seal(text: string): Buffer;
  /** Throws when the box was tampered with or sealed with another key. */
  open(sealed: Buffer): string;
  /** Another key of 32 bytes that follows from this one, for a purpose of its own. */
  keyFor(purpose: string): Buffer;
}

/** @param key 32 bytes. */
export function createSecretBox(key: Buffer): SecretBox {
  return {
    seal(text) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivLength), { authTagLength: tagLength });
      decipher.setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
      return Buffer.concat([decipher.update(sealed.subarray(ivLength + tagLength)), decipher.final()]).toString('utf8');
    },
    keyFor: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `foyer ${purpose}`, 32)),
  };
}
