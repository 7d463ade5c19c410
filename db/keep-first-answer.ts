import { type Kysely, sql } from 'kysely';
import type { AccountId, ClientId } from '../domain/ids.ts';
import type { Database } from './schema.ts';

export interface NewKeptAnswer {
  key_hash: Buffer;
  /** Whom it tells of. */
  about_client: ClientId | null;
  fingerprint: Buffer;
  status: number;
  /** Encrypted. */
  answer: Buffer;
}

/** Keeps the answer to a request, unless one is kept already; tells whether it did. */
export async function keepFirstAnswer(db: Kysely<Database>, accountId: AccountId, kept: NewKeptAnswer): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select foyer.keep_answer(${accountId}, ${kept.about_client}::uuid, ${kept.key_hash}, ${kept.fingerprint}, ${kept.status}, ${kept.answer}) as kept
  `.execute(db);
  return rows[0]?.kept ?? false;
}
