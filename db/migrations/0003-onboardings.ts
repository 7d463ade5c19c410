import { type Kysely, sql } from 'kysely';
import { tenantWall } from '../walls.ts';

/** Onboardings, their steps, and the events that tell what happened to what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.onboardings (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null,
      workflow_id text not null constraint onboardings_workflow unique,
      source text not null constraint onboardings_source check (source in ('api', 'web', 'crm', 'import')),
      actor jsonb not null,
      client_id uuid,
      client_created boolean not null default false,
      project_assigned boolean not null default false,
      project_moved_away boolean not null default false,
      project_id uuid,
      state text not null default 'running' constraint onboardings_state check (state in (
        'running', 'waiting_for_allowance', 'waiting_for_project', 'waiting_for_status', 'stalled', 'ready_to_share', 'refused', 'cancelled', 'needs_attention'
      )),
      state_since timestamptz(3) not null default now(),
      on_limit text not null constraint onboardings_on_limit check (on_limit in ('refuse', 'wait')),
      blockers jsonb not null default '[]',
      reminders_sent integer not null default 0,
      created_at timestamptz(3) not null default now(),
      finished_at timestamptz(3),
      primary key (agency_id, id),
      constraint onboardings_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id) on delete set null (client_id),
      constraint onboardings_project foreign key (agency_id, project_id) references foyer.projects (agency_id, id),
      constraint onboardings_finished check ((state in ('ready_to_share', 'refused', 'cancelled')) = (finished_at is not null))
    );
    create index onboardings_page on foyer.onboardings (agency_id, created_at desc, id desc);
    create index onboardings_of_client on foyer.onboardings (agency_id, client_id, created_at desc);
    create index onboardings_waiting on foyer.onboardings (agency_id, state, created_at) where finished_at is null;

    create table foyer.onboarding_steps (
      agency_id uuid not null,
      onboarding_id uuid not null,
      name text not null,
      position integer not null,
      state text not null default 'pending' constraint onboarding_steps_state check (state in ('pending', 'running', 'waiting', 'done', 'skipped', 'refused', 'undone')),
      attempts integer not null default 0,
      started_at timestamptz(3),
      finished_at timestamptz(3),
      detail text,
      primary key (agency_id, onboarding_id, name),
      constraint onboarding_steps_onboarding foreign key (agency_id, onboarding_id) references foyer.onboardings (agency_id, id),
      constraint onboarding_steps_name check ((name, position) in (('create_account', 1), ('check_allowance', 2), ('assign_project', 3), ('verify_status', 4)))
    );

    create table foyer.events (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null default uuidv7(),
      txid xid8 not null default pg_current_xact_id(),
      kind text not null,
      actor jsonb not null,
      client_id uuid,
      project_id uuid,
      onboarding_id uuid,
      before jsonb,
      after jsonb,
      at timestamptz(3) not null default now(),
      primary key (agency_id, id)
    );
    create index events_feed on foyer.events (agency_id, txid, id);
    create index events_of_client on foyer.events (agency_id, client_id, txid, id) where client_id is not null;

    grant select on foyer.onboardings, foyer.onboarding_steps, foyer.events to foyer_api, foyer_worker;
    grant insert, update on foyer.onboardings, foyer.onboarding_steps to foyer_worker;
    grant insert on foyer.events to foyer_api, foyer_worker;
    revoke update, delete, truncate on foyer.events from foyer_owner;
  `.execute(db);

  for (const table of ['onboardings', 'onboarding_steps', 'events']) await tenantWall(table).execute(db);
}
