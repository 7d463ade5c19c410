import { type Kysely, sql } from 'kysely';
import { tenantWall } from '../walls.ts';

/** CRM connections, and the answers that are given again to a request that comes again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.crm_connections (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null default uuidv7() constraint crm_connections_id unique,
      provider text not null constraint crm_connections_provider check (provider in ('standard')),
      secret bytea not null,
      previous_secret bytea,
      previous_valid_until timestamptz(3),
      created_at timestamptz(3) not null default now(),
      deleted_at timestamptz(3),
      primary key (agency_id, id),
      constraint crm_connections_rotation check ((previous_secret is null) = (previous_valid_until is null))
    );
    create index crm_connections_page on foyer.crm_connections (agency_id, created_at desc, id desc);

    create table foyer.idempotency_keys (
      agency_id uuid not null references foyer.accounts (id),
      key_hash bytea not null constraint idempotency_keys_hash_length check (octet_length(key_hash) = 32),
      fingerprint bytea not null constraint idempotency_keys_fingerprint_length check (octet_length(fingerprint) = 32),
      status integer not null,
      answer bytea not null,
      created_at timestamptz(3) not null default now(),
      constraint idempotency_keys_used primary key (agency_id, key_hash)
    );

    grant select on foyer.crm_connections, foyer.idempotency_keys to foyer_api;
    grant insert, update (secret, previous_secret, previous_valid_until, deleted_at) on foyer.crm_connections to foyer_api;
    grant insert on foyer.idempotency_keys to foyer_api;
  `.execute(db);

  await tenantWall('crm_connections', { orHolder: `id = nullif(current_setting('foyer.presented_connection', true), '')::uuid` }).execute(db);
  await tenantWall('idempotency_keys').execute(db);
}
