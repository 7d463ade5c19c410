import { type Kysely, sql } from 'kysely';

/**
 * Where every chain of the history stood when it was last found whole, signed with a key that the database does not have. Written by
 * `npm run verify-history`, which is above the walls; no process of Foyer gets at it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.history_anchors (
      number bigint primary key constraint history_anchors_number check (number > 0),
      at timestamptz(3) not null,
      heads text,
      digest bytea not null constraint history_anchors_digest_length check (octet_length(digest) = 32),
      mac bytea not null constraint history_anchors_mac_length check (octet_length(mac) = 32)
    );
    revoke insert, update, delete, truncate on foyer.history_anchors from foyer_owner;
  `.execute(db);
}
