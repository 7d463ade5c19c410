import { type Kysely, sql } from 'kysely';
import type { AccountId } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

export interface KeptAnswerRecord {
  fingerprint: Buffer;
  /** Encrypted. */
  answer: Buffer;
}

/** The answer that was given to the request with this idempotency key. */
export async function readKeptAnswer(db: Kysely<Database>, accountId: AccountId, keyHash: Buffer): Promise<KeptAnswerRecord | undefined> {
  const { rows } = await sql<KeptAnswerRecord>`select * from foyer.find_answer(${accountId}, ${keyHash})`.execute(db);
  return rows[0];
}
