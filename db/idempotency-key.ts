import { type Kysely, sql } from 'kysely';
import type { AccountId, ClientId } from '../domain/ids.ts';
import type { Database } from './schema.ts';

/** A key as the account's requests bring it, and the request that it stands for. */
export interface IdempotencyKey {
  accountId: AccountId;
  /** SHA-256 of the key. */
  hash: Buffer;
  /** SHA-256 of the request. */
  fingerprint: Buffer;
}

/** Whose a key was before. */
export interface ClaimedKey {
  fingerprint: Buffer;
  /** Encrypted; null while none is kept. */
  answer: Buffer | null;
}

export interface NewKeptAnswer {
  /** Whom it tells of. */
  about_client: ClientId | null;
  status: number;
  /** Encrypted. */
  answer: Buffer;
}

/**
 * Claims a key for a request; returns whose it is where it was claimed before. Waits for a twin whose transaction is under way.
 *
 * @param scope what the claim is: part of a transaction, whose commit it waits for, or a statement that is committed by itself
 */
export async function claimKey(
  db: Kysely<Database>,
  { accountId, hash, fingerprint }: IdempotencyKey,
  scope: 'transaction' | 'statement',
): Promise<ClaimedKey | undefined> {
  const { rows } = await sql<ClaimedKey>`select * from foyer.claim_key(${accountId}, ${hash}, ${fingerprint}, ${scope === 'statement'})`.execute(db);
  return rows[0];
}

/** Keeps the answer to a request, unless one is kept already; tells whether it did. */
export async function keepFirstAnswer(db: Kysely<Database>, { accountId, hash, fingerprint }: IdempotencyKey, kept: NewKeptAnswer): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select foyer.keep_answer(${accountId}, ${kept.about_client}::uuid, ${hash}, ${fingerprint}, ${kept.status}, ${kept.answer}) as kept
  `.execute(db);
  return rows[0]?.kept ?? false;
}
