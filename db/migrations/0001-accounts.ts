import { type Kysely, sql } from 'kysely';
import { tenantWall } from '../walls.ts';

/** Accounts, their plans, invitations and API keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant usage on schema foyer to foyer_api, foyer_worker;
    grant select on foyer.kysely_migration to foyer_api, foyer_worker;

    create function foyer.current_agency() returns uuid language sql stable parallel safe
      return nullif(current_setting('foyer.agency_id', true), '')::uuid;

    create table foyer.accounts (
      id uuid primary key default uuidv7(),
      kind text not null constraint accounts_kind check (kind in ('agency', 'direct')),
      name text not null constraint accounts_name check (name <> ''),
      billing_email text not null,
      created_at timestamptz(3) not null default now()
    );

    create table foyer.plans (
      agency_id uuid primary key references foyer.accounts (id),
      state text not null constraint plans_state check (state in ('trialing', 'active', 'cancellation_scheduled', 'past_due', 'cancelled')),
      client_limit integer not null constraint plans_client_limit check (client_limit >= 0),
      overage_clients integer not null constraint plans_overage check (overage_clients >= 0),
      scans_per_period integer not null constraint plans_scans check (scans_per_period >= 0),
      scans_used integer not null default 0 constraint plans_scans_used check (scans_used >= 0),
      monitored_projects integer not null constraint plans_monitored check (monitored_projects >= 0),
      white_label boolean not null,
      period_start timestamptz(3) not null,
      period_end timestamptz(3) not null,
      client_slots_used integer not null default 0 constraint plans_slots_used check (client_slots_used >= 0),
      updated_at timestamptz(3) not null default now(),
      constraint plans_period check (period_start < period_end)
    );

    create table foyer.invitations (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null default uuidv7(),
      email text not null,
      role text not null constraint invitations_role check (role in ('owner', 'admin', 'viewer')),
      state text not null constraint invitations_state check (state in ('pending', 'accepted', 'expired', 'revoked')),
      created_at timestamptz(3) not null default now(),
      expires_at timestamptz(3) not null,
      primary key (agency_id, id)
    );

    create table foyer.api_keys (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null default uuidv7(),
      name text not null,
      prefix text not null,
      key_hash bytea not null constraint api_keys_hash unique constraint api_keys_hash_length check (octet_length(key_hash) = 32),
      scopes text[] not null constraint api_keys_scopes check (
        scopes <@ array['clients:read', 'clients:write', 'projects:write', 'delivery:write', 'sharing:write', 'admin'] and cardinality(scopes) > 0
      ),
      created_at timestamptz(3) not null default now(),
      expires_at timestamptz(3),
      revoked_at timestamptz(3),
      primary key (agency_id, id)
    );

    grant select on foyer.accounts, foyer.plans, foyer.invitations, foyer.api_keys to foyer_api;
    grant insert on foyer.accounts, foyer.invitations, foyer.api_keys to foyer_api;
    grant insert (agency_id, state, client_limit, overage_clients, scans_per_period, monitored_projects, white_label, period_start, period_end),
          update (state, client_limit, overage_clients, scans_per_period, monitored_projects, white_label, period_start, period_end, updated_at)
       on foyer.plans to foyer_api;
    grant update (state) on foyer.invitations to foyer_api;
    grant update (revoked_at) on foyer.api_keys to foyer_api;

    grant select on foyer.plans to foyer_worker;
    grant update (client_slots_used, updated_at) on foyer.plans to foyer_worker;
  `.execute(db);

  await tenantWall('plans').execute(db);
  await tenantWall('invitations').execute(db);
  const presentedKey = `decode(nullif(current_setting('foyer.presented_key', true), ''), 'hex')`;
  await tenantWall('api_keys', { orHolder: `key_hash = ${presentedKey}` }).execute(db);
  await tenantWall('accounts', { column: 'id', orHolder: `id = (select agency_id from foyer.api_keys where key_hash = ${presentedKey})` }).execute(db);
}
